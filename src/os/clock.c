#include "os/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct instant clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant){(int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000};
}

int64_t clock_monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_pause(int64_t ms)
{
    struct timespec left = {ms / 1000, ms % 1000 * 1000000};
    while (nanosleep(&left, &left) != 0)
        continue;
}

bool clock_zone_exists(const char *zone)
{
    char path[256];
    if (strstr(zone, "..") != NULL || zone[0] == '/' || zone[0] == 0)
        return false;
    int length = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

/* tzset(3) takes an unknown name for UTC without a word, so the file is looked for first. */
enum status clock_zone_set(const char *zone)
{
    if (!clock_zone_exists(zone))
        return INVALID;
    if (setenv("TZ", zone, 1) != 0)
        return OUTSIDE;
    tzset();
    return OK;
}

enum status clock_zone_utc(void)
{
    if (setenv("TZ", "UTC0", 1) != 0)
        return OUTSIDE;
    tzset();
    return OK;
}

int32_t clock_offset_minutes(struct instant at)
{
    time_t seconds = (time_t)(at.ms / 1000 - (at.ms % 1000 < 0));
    struct tm local;
    if (localtime_r(&seconds, &local) == NULL)
        return 0;
    return (int32_t)(local.tm_gmtoff / 60);
}
