#include "base/arena.h"
#include "proto/imap/imap_thread.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS_MAX = 64, IDS = 16 };

/* Four bytes a message: its id and date, its subject, two references. Every message is answered once. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char letters[] = "abcdefghijklmnop";
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct imap_thread_row rows[ROWS_MAX] = {0};
    struct str references[ROWS_MAX][2];
    struct imap_thread thread;
    struct buf out BUF_SCOPE = BUF_INIT(1 << 16);
    size_t count = size / 4 < ROWS_MAX ? size / 4 : ROWS_MAX, found = 0;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *at = data + i * 4;
        for (int j = 0; j < 2; j++)
            references[i][j] = (struct str){&letters[at[2 + j] % IDS], at[2 + j] < 200};
        rows[i] = (struct imap_thread_row){.number = (uint32_t)i + 1,
                                           .message_id = {&letters[at[0] % IDS], at[0] < 240},
                                           .date = {at[0] / IDS},
                                           .subject = {&letters[at[1] % IDS], at[1] < 200},
                                           .is_reply = at[1] & IDS,
                                           .references = references[i],
                                           .reference_count = 2};
    }
    for (int by = IMAP_THREAD_ORDEREDSUBJECT; by <= IMAP_THREAD_REFERENCES; by++) {
        REQUIRE(imap_thread_build((enum imap_thread_by)by, rows, count, arena, &thread) == OK);
        imap_thread_write(&out, &thread);
    }
    for (size_t i = 0; i < out.len; i++)
        found += ascii_is_digit(out.at[i]) && (i == 0 || !ascii_is_digit(out.at[i - 1]));
    REQUIRE(found == 2 * count);
    struct str *ids;
    (void)!imap_references((struct str){(const char *)data, size}, arena, &ids, &found);
    return 0;
}
