# What an optimised build is made with, so that a fault in it ends the program rather than hand it to somebody: checked
# stacks, bounds and control flow, and tables that nobody can write to. In a file of its own, for the test that builds
# a small program with it.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    set(optimised $<NOT:$<CONFIG:Debug,>>)
    set(hardening -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
        -D_GLIBCXX_ASSERTIONS)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
        list(APPEND hardening -fcf-protection=full)
    elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
        list(APPEND hardening -mbranch-protection=standard)
    endif()
    foreach(option IN LISTS hardening)
        add_compile_options($<${optimised}:${option}>)
    endforeach()
    # Every object is position-independent already, as Qt demands.
    foreach(option -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
        add_link_options($<${optimised}:${option}>)
    endforeach()
endif()
