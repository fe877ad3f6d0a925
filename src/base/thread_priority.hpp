// Threads that leave the processor to others: what asks much of it must not keep small calls waiting.
#pragma once

namespace mim {

// How far the calling thread steps back behind ordinary ones, as the system counts it; there is no way back.
enum class Yielding : int { to_ordinary = 5, to_all = 10 };

// Does nothing where the system does not allow it.
void lower_priority(Yielding yielding);

}  // namespace mim
