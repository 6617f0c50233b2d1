/* How fast declarations are made and looked at, and how many planted faults are found.
 *
 *     dsn_bench speed AGENTS       a town by rule, its monthly declaration made, then looked at on levels 1 to 6
 *     dsn_bench faults COUNT       so many faults, one at a time, in the declaration of forty agents
 *     dsn_bench sound FILE         faults in a file that has none, and whether it is written back as it was
 *
 * Prints a name and a figure a line. Times are of the processor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "service/payroll/dsn/test_dsn.h"
#include "service/payroll/dsn/test_plant.h"

#define ARENA ((size_t)2 << 30)
enum { FORTY = 40, SEED = 7, FILE_MAX = 256 << 20 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int speed(size_t agents)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA), *scratch ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct sample_town town;
    struct dsn_faults faults;
    size_t agent;
    sample_make(&town, arena, agents, SEED);
    double start = seconds();
    REQUIRE(dsn_build(&out, &town.order, &agent) == OK);
    double built = seconds();
    REQUIRE(dsn_check(scratch, &town.law, buf_str(&out), buf_str(&out), &faults) == OK);
    double checked = seconds();
    printf("bytes %zu\nbuild %.3f\ncheck %.3f\nfaults %zu\n", out.len, built - start, checked - built, faults.found);
    return faults.found > 0;
}

static int plant_all(size_t count)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf sound BUF_SCOPE = BUF_INIT(FILE_MAX), out BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct seeded seeded = {SEED};
    struct sample_town town;
    struct dsn_file file;
    size_t agent, line, found = 0;
    sample_make(&town, arena, FORTY, SEED);
    REQUIRE(dsn_build(&sound, &town.order, &agent) == OK && dsn_file_read(arena, buf_str(&sound), &file) == OK);
    for (size_t i = 0; i < count; i++) {
        struct arena *scratch ARENA_SCOPE = arena_create(ARENA);
        const struct plant *plant = &plants[i % PLANTS];
        size_t place = plant_line(plant, &file, &seeded);
        struct dsn_faults faults;
        REQUIRE(place < file.count);
        buf_clear(&out);
        plant_write(&out, plant, &file, place, &line);
        REQUIRE(dsn_check(scratch, &town.law, buf_str(&out), STR_NONE, &faults) == OK);
        bool is_found = plant_is_found(&faults, line);
        found += is_found;
        if (!is_found)
            fprintf(stderr, "not found: %s, line %zu\n", plant->what, line);
    }
    printf("kinds %d\nplanted %zu\nfound %zu\n", (int)PLANTS, count, found);
    return 0;
}

static int look_at(const char *path)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf bytes BUF_SCOPE = BUF_INIT(FILE_MAX), again BUF_SCOPE = BUF_INIT(FILE_MAX);
    FILE *file = fopen(path, "rb");
    struct law law;
    struct dsn_faults faults;
    struct dsn_file lines;
    if (file == NULL)
        return 2;
    char *room = buf_reserve(&bytes, FILE_MAX / 2);
    buf_grew(&bytes, fread(room, 1, FILE_MAX / 2, file));
    fclose(file);
    REQUIRE(law_shipped(arena, &law) == OK && dsn_file_read(arena, buf_str(&bytes), &lines) == OK);
    REQUIRE(dsn_check(arena, &law, buf_str(&bytes), STR_NONE, &faults) == OK);
    dsn_file_write(&again, &lines);
    printf("lines %zu\nfaults %zu\nnotes %zu\nsame %s\n", lines.count, faults.found, faults.noted,
           str_eq(buf_str(&bytes), buf_str(&again)) ? "yes" : "no");
    return 0;
}

int main(int count, char **words)
{
    if (count != 3)
        return 2;
    if (strcmp(words[1], "speed") == 0)
        return speed((size_t)atol(words[2]));
    return strcmp(words[1], "faults") == 0 ? plant_all((size_t)atol(words[2])) : look_at(words[2]);
}
