#include "proto/imap/imap_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status count(void *with, uint32_t stream, struct str piece, uint64_t left)
{
    (void)left;
    *(size_t *)with += piece.len + stream;
    return OK;
}

/* False when the connection would be closed. */
static bool look_at(struct imap_reader *reader, enum imap_read read)
{
    struct arena *arena ARENA_SCOPE = arena_create(IMAP_COMMAND_ARENA);
    struct imap_command command;
    const char *why;
    if (read == IMAP_READ_LITERAL)
        return true;
    if (read == IMAP_READ_REFUSED) {
        struct imap_refusal refusal = imap_reader_refusal(reader);
        REQUIRE(refusal.why != NULL);
        imap_reader_reset(reader);
        return !refusal.is_fatal;
    }
    enum status status = imap_reader_command(reader, arena, &command, &why);
    REQUIRE(status == OK ? imap_is_tag(command.tag) : why != NULL);
    imap_reader_reset(reader);
    return true;
}

/* The first byte says how the rest is cut. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    static const struct imap_limits limits = {.command_max = 4096,
                                              .token_max = 200,
                                              .depth_max = 8,
                                              .literal_max = 2000,
                                              .stream_above = 100};
    size_t step = data[0] ? data[0] : size, streamed = 0;
    struct imap_sink sink = {count, &streamed};
    struct imap_reader reader = imap_reader_of(&limits);
    struct str input = {(const char *)data + 1, size - 1};
    bool is_open = true;
    for (size_t at = 0; is_open && at < input.len; at += step) {
        struct str piece = str_slice(input, at, at + step);
        enum imap_read read;
        while (is_open && (read = imap_reader_feed(&reader, &piece, &sink)) != IMAP_READ_MORE)
            is_open = look_at(&reader, read);
    }
    imap_reader_finish(&reader);
    return 0;
}
