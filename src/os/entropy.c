#include "os/entropy.h"

#include <errno.h>
#include <sys/random.h>

#include "base/status.h"

void entropy_fill(void *into, size_t size)
{
    size_t got = 0;
    while (got < size) {
        ssize_t part = getrandom((char *)into + got, size - got, 0);
        REQUIRE(part > 0 || (part < 0 && errno == EINTR));
        if (part > 0)
            got += (size_t)part;
    }
}
