# mim_room(name SOURCES... LINKS targets...): one room of the house = one static library `mim_<name>` and one
# namespace `mim::<name>`. LINKS lists the rooms and libraries it may know; the linker then knows no others.
function(mim_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(mim_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(mim_${name} PUBLIC ${ROOM_LINKS} PRIVATE mim_flags ${ROOM_PRIVATE_LINKS})
    target_include_directories(mim_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    set_target_properties(mim_${name} PROPERTIES UNITY_BUILD ${MIM_UNITY} UNITY_BUILD_BATCH_SIZE 12)
endfunction()

# mim_judge_memory_only(target): of the sanitizers asked for, no UndefinedBehaviorSanitizer. For what tests themselves are
# written in: it nearly doubles the time to compile it, and what is to be judged is the code that they call.
function(mim_judge_memory_only target)
    if(MIM_SANITIZE)
        target_compile_options(${target} PRIVATE -fno-sanitize=undefined)
    endif()
endfunction()

# mim_unit_test(name SOURCES... LINKS targets...): one GoogleTest binary, listed in ctest.
function(mim_unit_test name)
    cmake_parse_arguments(TEST "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE mim_flags mim_source_folder ${TEST_LINKS} GTest::gtest_main)
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_compile_options(${name} PRIVATE -O0)  # a test's own code is compiled more often than it runs
    mim_judge_memory_only(${name})
    target_precompile_headers(${name} REUSE_FROM mim_precompiled)
    add_test(NAME ${name} COMMAND ${name})
endfunction()
