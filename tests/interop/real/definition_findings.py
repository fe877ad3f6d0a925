"""What a run of definitions by chance has found: counts, and every case in which `mim` and MongoDB disagree without a reason."""
import collections

from bson import json_util

import definition_rules as rules
import written

EXAMPLES = 3
BOTH = "refused by both"


class Findings:
    def __init__(self, version):
        self.version = tuple(map(int, version.split(".")[:2]))
        self.counts, self.disagreements = collections.Counter(), collections.defaultdict(list)
        self.reasons, self.collations = collections.defaultdict(collections.Counter), set()

    def wrong(self, what, definition, **more):
        shown = {"number": definition.number, "spec": definition.spec} if definition else {}
        self.disagreements[what].append(json_util.dumps({**shown, **more}, json_options=written.EXTENDED))

    def _count(self, what, reason):
        self.counts[what] += 1
        self.reasons[what][reason] += 1

    def refused(self, definition, reason, by_mongodb):
        """It was not saved."""
        if by_mongodb is not None:
            self._count(BOTH, f"{reason} | {by_mongodb}")
        elif rules.may_be_refused_by_mim_alone(definition.spec, reason, self.version):
            self._count("not saved, and MongoDB takes it", reason)
        else:
            self.wrong(f"not saved, and MongoDB takes it: {reason}", definition)

    def built(self, definition, foretold, by_mongodb):
        """It was saved, and a sync was to build it."""
        if not foretold and by_mongodb is None:
            self.counts["built"] += 1
            collation = definition.spec.get("collation", {})
            self.collations |= {(collation.get("locale"), member) for member in collation}
        elif by_mongodb is not None and rules.may_be_foretold(foretold, self.version):
            self._count("left out for the version or the collection, as foretold", foretold)
        elif not foretold and rules.may_be_refused_by_mongodb_alone(definition.spec, by_mongodb):
            self._count("refused by MongoDB alone", by_mongodb)
        else:
            self.wrong(f"foretold: {foretold or 'nothing'}; MongoDB: {by_mongodb or 'takes it'}", definition)

    def changed(self, kind, definition, change, differing, is_matched, asked):
        """By MongoDB's listing both are equal but for what is `differing`; `asked` tells whether it takes them for one index."""
        self.counts[f"{kind}, then listed otherwise" if differing else f"{kind}, then listed as before"] += 1
        if is_matched == (not differing):
            return
        if is_matched and set(differing) <= set(rules.SAME_TO_MONGODB) and asked() is None:
            self._count("listed otherwise, and the same index to MongoDB", " ".join(differing))
        else:
            verdict = "matched" if is_matched else "not matched"
            self.wrong(f"{kind}: {verdict}, and listed otherwise in {differing}", definition, change=change)

    def told(self, whole):
        """The counts and their reasons; on demand all by which both refused too, theirs beside ours."""
        yield from (f"{count:6} {what}" for what, count in sorted(self.counts.items()))
        yield f"{len(self.collations):6} locales and members of theirs in what was built"
        for what, reasons in sorted(self.reasons.items()):
            if whole or what != BOTH:
                yield f"  {what}:"
                yield from (f"{count:6} {reason}" for reason, count in sorted(reasons.items()))

    def complaints(self):
        for what, cases in self.disagreements.items():
            yield f"{len(cases)} times: {what}"
            yield from (f"    {case}" for case in cases[:EXAMPLES])
