/* Any bytes are a declaration: written back as they are, and looked at on every level, beside themselves and others. */
#include "service/payroll/dsn/dsn_check.h"

enum { ARENA = 64 << 20, OUT_MAX = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void go_round(struct arena *arena, struct str bytes)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_file file;
    if (dsn_file_read(arena, bytes, &file) != OK)
        return;
    dsn_file_write(&out, &file);
    REQUIRE(str_eq(buf_str(&out), bytes));
}

static void look(struct arena *arena, struct str bytes, struct str before)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_fact fact = {210060, STR("00001"), STR("C00001"), STR("13"), date_of(2026, 3, 9)};
    struct law law;
    struct dsn_faults faults;
    REQUIRE(law_shipped(arena, &law) == OK);
    if (dsn_check(arena, &law, bytes, before, &faults) != OK)
        return;
    dsn_faults_print(&out, &faults, bytes.len % 2 == 0, true);
    if (dsn_check_facts(arena, &law, bytes, &fact, 1, &faults) == OK)
        dsn_faults_print(&out, &faults, false, false);
}

/* A form feed parts a file from that of the month before. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct str before = {(const char *)data, size};
    struct str bytes = str_cut(&before, '\f');
    go_round(arena, bytes);
    look(arena, bytes, before);
    return 0;
}
