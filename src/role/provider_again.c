#include "role/provider_again.h"

int64_t provider_again_after_ms(int times)
{
    int64_t after_ms = PROVIDER_AGAIN_MIN_MS;
    for (int i = 0; i < times && after_ms < PROVIDER_AGAIN_MAX_MS; i++)
        after_ms *= 2;
    return after_ms < PROVIDER_AGAIN_MAX_MS ? after_ms : PROVIDER_AGAIN_MAX_MS;
}

int provider_again_count(int times, bool is_clean, int64_t lived_ms)
{
    if (!is_clean || lived_ms >= 2 * (int64_t)PROVIDER_AGAIN_MAX_MS)
        return 0;
    return times < PROVIDER_AGAIN_MAX_MS ? times + 1 : times;
}
