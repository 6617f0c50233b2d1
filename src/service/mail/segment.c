#include "service/mail/segment.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

#include "os/file.h"

enum { HEAD = 64, ALIGN = 8, PATH_ROOM = 4096, AHEAD = 1 << 20, AHEAD_LOW = 128 << 10, AHEAD_STEP = 64 << 10 };
static const char magic[4] = {'P', 'V', 'S', '1'};

struct open_file {
    int64_t number;
    int fd;
    uint64_t used; /* the turn it was last wanted */
};

struct segments {
    char *folder;
    bool is_writer;
    struct open_file files[SEGMENT_OPEN_MAX];
    uint64_t turn;
    int64_t segment, position; /* where the next record goes */
    int64_t roll;              /* bytes of a file above which a new one is begun */
    int64_t prepared;          /* up to here the file is zeros behind position, and on disk */
    bool is_dirty, is_tight;   /* is_tight: the disk refused to prepare */
};

/* CRC-32C (RFC 3720 appendix B.4), bit by bit over a table of 16: heads are short. */
static uint32_t crc32c(uint32_t crc, struct str bytes)
{
    static const uint32_t table[16] = {0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1, 0x417B1DBC, 0x5125DAD3,
                                       0x61C69362, 0x7198540D, 0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9,
                                       0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75};
    crc = ~crc;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= (unsigned char)bytes.at[i];
        crc = (crc >> 4) ^ table[crc & 15];
        crc = (crc >> 4) ^ table[crc & 15];
    }
    return ~crc;
}

static void put(char *at, int width, uint64_t value)
{
    for (int i = 0; i < width; i++)
        at[i] = (char)(value >> (8 * i));
}

static uint64_t take(const char *at, int width)
{
    uint64_t value = 0;
    for (int i = width - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

/* magic 0, crc 4, body 8, size 16, stored 24 (u32), facts 28 (u24) codec 31, hash 32..63. */
static void head_write(char head[HEAD], const struct segment_record *record, struct str facts)
{
    memset(head, 0, HEAD);
    memcpy(head, magic, sizeof magic);
    put(head + 8, 8, (uint64_t)record->body);
    put(head + 16, 8, (uint64_t)record->size);
    put(head + 24, 4, (uint64_t)record->stored);
    put(head + 28, 3, facts.len);
    put(head + 31, 1, record->codec);
    memcpy(head + 32, record->hash, SEGMENT_HASH);
    uint32_t crc = crc32c(0, (struct str){head, HEAD});
    put(head + 4, 4, crc32c(crc, facts));
}

static enum status head_parse(const char head[HEAD], struct segment_record *record, size_t *ret_facts)
{
    if (memcmp(head, magic, sizeof magic) != 0)
        return CORRUPT;
    record->body = (int64_t)take(head + 8, 8);
    record->size = (int64_t)take(head + 16, 8);
    record->stored = (int64_t)take(head + 24, 4);
    record->codec = (enum segment_codec)take(head + 31, 1);
    memcpy(record->hash, head + 32, SEGMENT_HASH);
    *ret_facts = take(head + 28, 3);
    bool is_sane = record->codec == SEGMENT_RAW && *ret_facts <= SEGMENT_FACTS_MAX &&
                   record->size == record->stored;
    return is_sane ? OK : CORRUPT;
}

static enum status head_prove(const char head[HEAD], struct str facts)
{
    char bare[HEAD];
    memcpy(bare, head, HEAD);
    memset(bare + 4, 0, 4);
    uint32_t crc = crc32c(0, (struct str){bare, HEAD});
    return crc32c(crc, facts) == take(head + 4, 4) ? OK : CORRUPT;
}

enum status segments_open(const char *folder, bool is_writer, struct segments **ret_segments)
{
    if (is_writer)
        TRY(file_folder(folder));
    struct segments *segments = calloc(1, sizeof *segments);
    REQUIRE(segments != NULL);
    segments->folder = strdup(folder);
    REQUIRE(segments->folder != NULL);
    segments->is_writer = is_writer;
    segments->roll = SEGMENT_ROLL;
    for (size_t i = 0; i < SEGMENT_OPEN_MAX; i++)
        segments->files[i].fd = -1;
    *ret_segments = segments;
    return OK;
}

static bool is_prepared(const struct segments *segments)
{
    return segments->prepared > segments->position;
}

/* What was prepared goes: the file ends with its last record. */
static void give_back(struct segments *segments)
{
    for (size_t i = 0; i < SEGMENT_OPEN_MAX; i++)
        if (segments->files[i].fd >= 0 && segments->files[i].number == segments->segment)
            (void)!file_truncate(segments->files[i].fd, segments->position); /* the next start does it again */
}

void segments_close(struct segments *segments)
{
    if (segments == NULL)
        return;
    if (segments->is_writer && is_prepared(segments))
        give_back(segments);
    for (size_t i = 0; i < SEGMENT_OPEN_MAX; i++)
        file_close(&segments->files[i].fd);
    free(segments->folder);
    free(segments);
}

static void path_of(const struct segments *segments, int64_t number, char path[PATH_ROOM])
{
    snprintf(path, PATH_ROOM, "%s/%08lld", segments->folder, (long long)number);
}

/* The open descriptor of a segment, opening it in the place of the longest unused. */
static enum status file_of(struct segments *segments, int64_t number, bool may_create, int *ret_fd)
{
    struct open_file *oldest = NULL;
    segments->turn++;
    for (size_t i = 0; i < SEGMENT_OPEN_MAX; i++) {
        struct open_file *file = &segments->files[i];
        if (file->fd >= 0 && file->number == number) {
            file->used = segments->turn;
            *ret_fd = file->fd;
            return OK;
        }
        bool is_appended = segments->is_writer && file->fd >= 0 && file->number == segments->segment;
        if (!is_appended && (oldest == NULL || file->used < oldest->used))
            oldest = file;
    }
    REQUIRE(oldest != NULL); /* of all files but one, which is appended to */
    char path[PATH_ROOM];
    path_of(segments, number, path);
    int fd = -1;
    enum file_mode writing = may_create ? FILE_CREATE : FILE_WRITE;
    TRY(file_open(path, segments->is_writer ? writing : FILE_READ, &fd));
    file_close(&oldest->fd);
    *oldest = (struct open_file){.number = number, .fd = fd, .used = segments->turn};
    *ret_fd = fd;
    return OK;
}

static enum status read_head(int fd, int64_t position, struct segment_record *record, size_t *ret_facts,
                             char head[HEAD])
{
    size_t got = 0;
    TRY(file_read(fd, position, head, HEAD, &got));
    if (got == 0)
        return NOT_FOUND;
    return got < HEAD ? CORRUPT : head_parse(head, record, ret_facts);
}

static enum status read_stored(int fd, int64_t offset, size_t length, struct buf *out)
{
    size_t got = 0;
    char *room = buf_reserve(out, length);
    if (length > 0 && room == NULL)
        return LIMIT;
    TRY(file_read(fd, offset, room, length, &got));
    buf_grew(out, got);
    return got == length ? OK : CORRUPT;
}

static enum status prove_body(int fd, const struct segment_record *record, size_t facts)
{
    struct buf message BUF_SCOPE = BUF_INIT((size_t)record->stored + 1);
    unsigned char hash[SEGMENT_HASH];
    TRY(read_stored(fd, record->position + HEAD + (int64_t)facts, (size_t)record->stored, &message));
    SHA256((const unsigned char *)buf_str(&message).at, message.len, hash);
    return memcmp(hash, record->hash, SEGMENT_HASH) == 0 ? OK : CORRUPT;
}

enum status segment_read_record(struct segments *segments, struct arena *arena, int64_t segment,
                                int64_t position, bool with_body, struct segment_record *ret_record)
{
    struct segment_record record = {.segment = segment, .position = position};
    char head[HEAD];
    size_t facts_length, got = 0;
    int fd;
    TRY(file_of(segments, segment, false, &fd));
    TRY(read_head(fd, position, &record, &facts_length, head));
    char *facts = arena_alloc(arena, facts_length + 1);
    if (facts == NULL)
        return LIMIT;
    TRY(file_read(fd, position + HEAD, facts, facts_length, &got));
    record.facts = (struct str){facts, facts_length};
    if (got != facts_length)
        return CORRUPT;
    TRY(head_prove(head, record.facts));
    if (with_body)
        TRY(prove_body(fd, &record, facts_length));
    *ret_record = record;
    return OK;
}

int64_t segment_next(const struct segment_record *record)
{
    int64_t end = record->position + HEAD + (int64_t)record->facts.len + record->stored;
    return (end + ALIGN - 1) / ALIGN * ALIGN;
}

void segment_place(const struct segments *segments, int64_t *ret_segment, int64_t *ret_position)
{
    *ret_segment = segments->segment;
    *ret_position = segments->position;
}

void segment_set_roll(struct segments *segments, int64_t bytes)
{
    segments->roll = bytes;
}

enum status segment_sync(struct segments *segments)
{
    int fd;
    if (!segments->is_dirty)
        return OK;
    TRY(file_of(segments, segments->segment, false, &fd));
    TRY(file_sync(fd));
    segments->is_dirty = false;
    return OK;
}

static enum status write_zeros(int fd, int64_t from, int64_t to)
{
    static const char zeros[AHEAD_STEP];
    for (int64_t at = from; at < to; at += AHEAD_STEP)
        TRY(file_write(fd, at, (struct str){zeros, AHEAD_STEP}));
    return file_sync(fd);
}

enum status segment_prepare(struct segments *segments)
{
    int fd;
    if (segments->is_tight || segments->prepared - segments->position >= AHEAD_LOW)
        return OK;
    int64_t from = is_prepared(segments) ? segments->prepared : segments->position;
    int64_t to = from + AHEAD;
    TRY(file_of(segments, segments->segment, true, &fd));
    enum status done = write_zeros(fd, from, to);
    if (done == OK) {
        segments->prepared = to;
        return OK;
    }
    segments->is_tight = true;
    segments->prepared = from;
    TRY(file_truncate(fd, from));
    return done;
}

/* The file that is left ends with its last record: so a replay knows it whole. */
static enum status end_file(struct segments *segments)
{
    int fd;
    if (is_prepared(segments)) {
        TRY(file_of(segments, segments->segment, true, &fd));
        TRY(file_truncate(fd, segments->position));
        segments->prepared = segments->position;
        segments->is_dirty = true;
    }
    return segment_sync(segments);
}

static enum status roll(struct segments *segments)
{
    if (segments->position < segments->roll)
        return OK;
    int fd;
    TRY(end_file(segments));
    TRY(file_of(segments, segments->segment + 1, true, &fd));
    TRY(file_truncate(fd, 0));
    TRY(file_sync_folder(segments->folder));
    segments->segment++;
    segments->position = 0;
    segments->prepared = 0;
    return OK;
}

enum status segment_append(struct segments *segments, struct str message, struct str facts,
                           struct segment_record *record)
{
    static const char zeros[ALIGN];
    char head[HEAD];
    int fd;
    if (facts.len > SEGMENT_FACTS_MAX || message.len > UINT32_MAX)
        return LIMIT;
    TRY(roll(segments));
    TRY(file_of(segments, segments->segment, true, &fd));
    record->segment = segments->segment;
    record->position = segments->position;
    record->size = record->stored = (int64_t)message.len;
    record->codec = SEGMENT_RAW;
    record->facts = facts;
    SHA256((const unsigned char *)message.at, message.len, record->hash);
    head_write(head, record, facts);
    int64_t next = segment_next(record);
    int64_t end = record->position + HEAD + (int64_t)(facts.len + message.len);
    struct str parts[] = {{head, HEAD}, facts, message, {zeros, (size_t)(next - end)}};
    segments->is_dirty = true;
    TRY(file_write_parts(fd, record->position, parts, sizeof parts / sizeof parts[0]));
    segments->position = next;
    return OK;
}

static enum status remove_file(struct segments *segments, int64_t segment)
{
    char path[PATH_ROOM];
    for (size_t i = 0; i < SEGMENT_OPEN_MAX; i++)
        if (segments->files[i].fd >= 0 && segments->files[i].number == segment)
            file_close(&segments->files[i].fd);
    path_of(segments, segment, path);
    return file_remove(path);
}

/* Files begun by what is cut off now. The names go first: a file with a record at its start is read by a replay. */
static enum status remove_above(struct segments *segments, int64_t segment)
{
    int64_t next = segment + 1;
    enum status removed = remove_file(segments, next);
    while (removed == OK)
        removed = remove_file(segments, ++next);
    if (removed != NOT_FOUND)
        return removed;
    return next > segment + 1 ? file_sync_folder(segments->folder) : OK;
}

enum status segment_retreat(struct segments *segments, int64_t segment, int64_t position)
{
    int fd;
    TRY(remove_above(segments, segment));
    segments->segment = segment;
    segments->position = position;
    segments->prepared = position;
    segments->is_dirty = true;
    TRY(file_of(segments, segment, true, &fd));
    return file_truncate(fd, position);
}

enum status segment_start(struct segments *segments, int64_t segment, int64_t position)
{
    REQUIRE(segments->is_writer);
    TRY(segment_retreat(segments, segment, position));
    TRY(segment_sync(segments));
    return file_sync_folder(segments->folder);
}

enum status segment_range(struct segments *segments, int64_t segment, int64_t position, int *ret_fd,
                          int64_t *ret_offset)
{
    struct segment_record record = {.segment = segment, .position = position};
    char head[HEAD];
    size_t facts;
    TRY(file_of(segments, segment, false, ret_fd));
    TRY(read_head(*ret_fd, position, &record, &facts, head));
    *ret_offset = position + HEAD + (int64_t)facts;
    return OK;
}

enum status segment_read(struct segments *segments, struct buf *out, int64_t segment, int64_t position,
                         int64_t offset, int64_t length)
{
    struct segment_record record = {.segment = segment, .position = position};
    char head[HEAD];
    size_t facts;
    int fd;
    TRY(file_of(segments, segment, false, &fd));
    TRY(read_head(fd, position, &record, &facts, head));
    if (offset < 0 || offset > record.size)
        return INVALID;
    if (length > record.size - offset)
        length = record.size - offset;
    int64_t from = position + HEAD + (int64_t)facts;
    return read_stored(fd, from + offset, (size_t)length, out);
}

enum status segment_numbers(struct segments *segments, struct arena *arena, int64_t **ret_numbers, size_t *ret_count)
{
    struct str *names;
    size_t count, taken = 0;
    TRY(file_list(segments->folder, arena, SEGMENT_FILES_MAX, &names, &count));
    int64_t *numbers = arena_array(arena, int64_t, count + 1);
    if (numbers == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (str_to_i64(names[i], &numbers[taken]) == OK)
            taken++;
    *ret_numbers = numbers;
    *ret_count = taken;
    return OK;
}

enum status segment_size(struct segments *segments, int64_t segment, int64_t *ret_size)
{
    int fd;
    TRY(file_of(segments, segment, false, &fd));
    return file_size(fd, ret_size);
}

enum status segment_drop(struct segments *segments, int64_t segment)
{
    REQUIRE(segments->is_writer && segment != segments->segment);
    TRY(remove_file(segments, segment));
    return file_sync_folder(segments->folder);
}
