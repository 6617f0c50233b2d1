#include "role/disk_verb.h"

#include <openssl/sha.h>
#include <stdlib.h>

#include "os/clock.h"
#include "os/file.h"

enum {
    BLOCK = 4096,
    SAMPLES_MAX = 100000,
    SECONDS_DEFAULT = 5,
    SECONDS_MAX = 24 * 3600,
    FAST_US = 60,        /* no disk without a protected cache does it faster */
    SLOW_US = 20 * 1000,
    FILE_BLOCKS = 10000, /* then the file is written over from its start */
};

static enum status open_file(struct ctx *ctx, struct verb_call *call, int *ret_fd)
{
    struct str path = str_format(ctx->arena, "%s/disk-test", call->folder);
    TRY(file_folder(call->folder));
    TRY(str_is_absent(path) ? LIMIT : file_open(path.at, FILE_CREATE, ret_fd));
    return file_sync_folder(call->folder);
}

static enum status remove_file(struct ctx *ctx, struct verb_call *call)
{
    struct str path = str_format(ctx->arena, "%s/disk-test", call->folder);
    return str_is_absent(path) ? LIMIT : file_remove(path.at);
}

static int64_t seconds_of(const struct verb_call *call)
{
    uint64_t seconds;
    bool is_given = str_to_u64(verb_option(call, "--seconds"), SECONDS_MAX, &seconds) == OK && seconds > 0;
    return is_given ? (int64_t)seconds : SECONDS_DEFAULT;
}

/* ---- a block: its number, text that depends on it, and a checksum of both ---- */

enum { NUMBER_BYTES = 8 };

static void fill(char block[BLOCK], int64_t number)
{
    for (int i = 0; i < NUMBER_BYTES; i++)
        block[i] = (char)(number >> 8 * i);
    for (int i = NUMBER_BYTES; i < BLOCK - SHA256_DIGEST_LENGTH; i++)
        block[i] = (char)(number * 31 + i);
    SHA256((const unsigned char *)block, BLOCK - SHA256_DIGEST_LENGTH,
           (unsigned char *)block + BLOCK - SHA256_DIGEST_LENGTH);
}

static bool is_block(const char block[BLOCK], int64_t number)
{
    char wanted[BLOCK];
    fill(wanted, number);
    return memcmp(block, wanted, BLOCK) == 0;
}

static enum status write_block(int fd, int64_t number)
{
    char block[BLOCK];
    fill(block, number);
    TRY(file_write(fd, number % FILE_BLOCKS * BLOCK, (struct str){block, BLOCK}));
    return file_sync(fd);
}

/* ---- measuring ---- */

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

static enum status sample(struct ctx *ctx, struct verb_call *call, int64_t *samples, size_t *ret_count)
{
    int fd FILE_SCOPE = -1;
    size_t count = 0;
    int64_t end_us = clock_monotonic_us() + seconds_of(call) * 1000000;
    TRY(open_file(ctx, call, &fd));
    while (count < SAMPLES_MAX && (clock_monotonic_us() < end_us || count < 100)) {
        int64_t begun_us = clock_monotonic_us();
        TRY(write_block(fd, (int64_t)count));
        samples[count++] = clock_monotonic_us() - begun_us;
    }
    *ret_count = count;
    return OK;
}

static void say(struct ctx *ctx, struct verb_call *call, enum text_key key, const struct text_arg *args, size_t count)
{
    translate(call->out, ctx->language, key, args, count);
    buf_add_byte(call->out, '\n');
}

enum status disk_verb_measure(struct ctx *ctx, struct verb_call *call)
{
    int64_t *samples = arena_array(ctx->arena, int64_t, SAMPLES_MAX);
    size_t count;
    if (samples == NULL)
        return LIMIT;
    TRY(sample(ctx, call, samples, &count));
    TRY(remove_file(ctx, call));
    qsort(samples, count, sizeof samples[0], compare);
    int64_t median = samples[count / 2];
    struct text_arg args[] = {NUMBER_ARG("count", (int64_t)count), NUMBER_ARG("p50", median),
                              NUMBER_ARG("p99", samples[count * 99 / 100]), NUMBER_ARG("max", samples[count - 1])};
    say(ctx, call, T_disk_line, args, 4);
    if (file_is_in_memory(call->folder))
        say(ctx, call, T_disk_memory, NULL, 0);
    else
        say(ctx, call, median < FAST_US ? T_disk_fast : median > SLOW_US ? T_disk_slow : T_disk_plausible, NULL, 0);
    return OK;
}

/* ---- writing until the power goes ---- */

/* One number a step, so that each is printed before the next is written. */
enum status disk_verb_write(struct ctx *ctx, struct verb_call *call)
{
    struct {
        int fd;
        int64_t number, end_ms;
    } *kept = *call->kept;
    if (kept == NULL) {
        kept = arena_alloc(call->always, sizeof *kept);
        if (kept == NULL)
            return LIMIT;
        TRY(open_file(ctx, call, &kept->fd));
        kept->end_ms = clock_monotonic_ms() + seconds_of(call) * 1000;
        *call->kept = kept;
    }
    TRY(write_block(kept->fd, ++kept->number));
    buf_add_format(call->out, "%lld\n", (long long)kept->number);
    if (clock_monotonic_ms() < kept->end_ms)
        call->next--;
    else
        file_close(&kept->fd);
    return OK;
}

/* The last FILE_BLOCKS numbers are there; one that was being written may be torn, those before not. */
enum status disk_verb_check(struct ctx *ctx, struct verb_call *call)
{
    int fd FILE_SCOPE = -1;
    int64_t last;
    char block[BLOCK];
    TRY(str_to_i64(verb_option(call, "--last"), &last));
    TRY(open_file(ctx, call, &fd));
    /* The block of the one being written when the power went may hold neither it nor the one FILE_BLOCKS before. */
    for (int64_t number = last > FILE_BLOCKS - 2 ? last - FILE_BLOCKS + 2 : 1; number <= last; number++) {
        size_t got = 0;
        TRY(file_read(fd, number % FILE_BLOCKS * BLOCK, block, BLOCK, &got));
        struct text_arg arg = NUMBER_ARG("number", number);
        if (got == BLOCK && is_block(block, number))
            continue;
        say(ctx, call, T_disk_lost, &arg, 1);
        call->is_told = true;
        return CORRUPT;
    }
    struct text_arg arg = NUMBER_ARG("number", last);
    say(ctx, call, T_disk_kept, &arg, 1);
    return OK;
}
