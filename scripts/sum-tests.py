"""Adds up JUnit reports and prints the closing line; exits 1 when anything failed or nothing ran."""
import sys
import xml.etree.ElementTree as ElementTree


def count(path):
    root = ElementTree.parse(path).getroot()
    suites = root.findall("testsuite") or [root]
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0)) + int(suite.get("disabled", 0))
    return total, failed, skipped


def main(paths):
    total = failed = skipped = 0
    for path in paths:
        one = count(path)
        total, failed, skipped = total + one[0], failed + one[1], skipped + one[2]
    passed = total - failed - skipped
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 0 if failed == 0 and passed > 0 else 1


sys.exit(main(sys.argv[1:]))
