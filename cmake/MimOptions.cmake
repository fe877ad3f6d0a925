set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# -O3 gains nothing measurable here, builds longer and makes g++ 12 warn of copies inside std::string that are fine.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# For the sanitizers: quick enough for the whole suite, with lines in the reports.
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1")

# Several files of a room are compiled as one: a quarter of the time for a whole build. Off while one works on a
# few files, and for clang-tidy, which reads them one by one.
option(MIM_UNITY "Compile the files of a room together" ON)
option(MIM_BUILD_TESTS "Build the tests" ON)
option(MIM_WERROR "End the build at a warning; for CI, since a newer compiler warns of more" OFF)
option(MIM_BUILD_BENCH "Build the benchmarks" OFF)
option(MIM_BUILD_FUZZ "Build the fuzz targets; takes clang" OFF)
option(MIM_PORTABLE "Link in what has an archive and find the other libraries in ../lib; see MimPortable.cmake" OFF)
set(MIM_SANITIZE "" CACHE STRING "Sanitizers to build with, e.g. address,undefined")

find_program(CCACHE ccache)
if(CCACHE)
    # Without these ccache takes no file that uses a precompiled header.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# What every file of ours is compiled with; library headers come in as SYSTEM and are not judged.
add_library(mim_flags INTERFACE)
target_compile_options(mim_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wno-ignored-attributes)
if(MIM_WERROR)
    target_compile_options(mim_flags INTERFACE -Werror)
endif()
# A program that reads what strangers send it: what goes wrong in it shall end it, not run what they wrote.
# The check of tests/integration/test_hardening.py looks for each of these in the binary.
include(CheckPIESupported)
check_pie_supported()
add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
if(NOT MIM_SANITIZE)
    add_compile_options(-fstack-protector-strong -fstack-clash-protection)
    add_compile_definitions($<$<CONFIG:Release>:_FORTIFY_SOURCE=3>)
    # Asked for by processor: clang takes the other one's flag too, and then warns of it in every file.
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
        add_compile_options(-fcf-protection=full)
    elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
        add_compile_options(-mbranch-protection=standard)
    endif()
endif()
target_include_directories(mim_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
if(MIM_SANITIZE)
    add_compile_options(-fsanitize=${MIM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${MIM_SANITIZE})
    # Instrumented code confuses g++ 12's flow analysis of std::optional; the ordinary build judges that.
    target_compile_options(mim_flags INTERFACE -Wno-maybe-uninitialized)
endif()
if(MIM_BUILD_FUZZ)
    # clang 14 cannot assemble coroutines with its check of function types, which comes with `undefined`.
    add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=function)
    target_compile_options(mim_flags INTERFACE -w)  # clang's own warnings are not judged
endif()
