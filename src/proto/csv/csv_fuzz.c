/* Any text has rows or is refused; what was read and is written again reads the same. */
#include <stdlib.h>

#include "proto/csv/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(struct arena *arena, const struct csv_row *row)
{
    static struct csv_row again;
    struct buf out BUF_SCOPE = BUF_INIT(16 << 20);
    csv_write(&out, row->fields, row->count);
    if (out.is_over)
        return;
    struct csv_reader reader = csv_open(buf_str(&out));
    reader.rest = buf_str(&out); /* a field may begin with what looks like a byte order mark */
    reader.separator = ',';
    REQUIRE(csv_next(&reader, arena, &again) == OK && reader.rest.len == 0);
    REQUIRE(again.count == row->count);
    for (size_t i = 0; i < row->count; i++)
        REQUIRE(str_eq(again.fields[i], row->fields[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct csv_row row;
    struct arena *arena ARENA_SCOPE = arena_create(8 << 20);
    struct csv_reader reader = csv_open((struct str){(const char *)data, size});
    while (csv_next(&reader, arena, &row) == OK)
        check_again(arena, &row);
    return 0;
}
