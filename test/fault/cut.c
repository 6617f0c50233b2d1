#include "cut.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, PATH_ROOM = 4096, NAMES_MAX = 1024 };

/* How likely something that was not synced is kept: never, always, or in so many of 8 cases. */
struct chance {
    struct seeded *seeded;
    unsigned eighths;
};

static bool falls(const struct chance *chance)
{
    return seeded_below(chance->seeded, 8) < chance->eighths;
}

/* ---- one file ---- */

struct contents {
    char *bytes;
    size_t size, room;
};

static void need(struct contents *contents, size_t room)
{
    if (room <= contents->room)
        return;
    room = room * 2 + SECTOR;
    contents->bytes = realloc(contents->bytes, room);
    if (contents->bytes == NULL)
        abort();
    memset(contents->bytes + contents->room, 0, room - contents->room);
    contents->room = room;
}

static void resize(struct contents *contents, size_t size)
{
    need(contents, size);
    if (size < contents->size)
        memset(contents->bytes + size, 0, contents->size - size);
    contents->size = size;
}

static void apply_whole(struct contents *contents, const struct disk_op *op)
{
    if (op->kind == DISK_TRUNCATE) {
        resize(contents, (size_t)op->offset);
        return;
    }
    size_t end = (size_t)op->offset + op->size;
    need(contents, end);
    memcpy(contents->bytes + op->offset, op->bytes, op->size);
    if (end > contents->size)
        contents->size = end;
}

/* What one operation does to one sector. */
static void apply_sector(struct contents *contents, const struct disk_op *op, size_t from)
{
    size_t to = from + SECTOR, start = (size_t)op->offset;
    if (op->kind == DISK_TRUNCATE) {
        if (start < to)
            memset(contents->bytes + (start > from ? start : from), 0, to - (start > from ? start : from));
        return;
    }
    size_t end = start + op->size;
    size_t first = start > from ? start : from, last = end < to ? end : to;
    if (first < last)
        memcpy(contents->bytes + first, op->bytes + (first - start), last - first);
}

/* How many of the operations that were not synced are seen by this sector. */
static size_t seen_of(const struct chance *chance, size_t count)
{
    if (chance->eighths == 0)
        return 0;
    if (chance->eighths == 8 || falls(chance))
        return count;
    return seeded_below(chance->seeded, count + 1);
}

static void apply_torn(struct contents *contents, const struct disk_op **ops, size_t count, const struct chance *chance)
{
    size_t largest = contents->size, size = contents->size, sizes = seen_of(chance, count);
    for (size_t i = 0; i < count; i++) {
        size_t end = (size_t)ops[i]->offset + ops[i]->size;
        if (end > largest)
            largest = end;
        bool grows = ops[i]->kind == DISK_WRITE && end > size;
        if (i < sizes && (grows || ops[i]->kind == DISK_TRUNCATE))
            size = end;
    }
    need(contents, largest + SECTOR);
    for (size_t sector = 0; sector < largest; sector += SECTOR) {
        size_t seen = seen_of(chance, count);
        for (size_t i = 0; i < seen; i++)
            apply_sector(contents, ops[i], sector);
    }
    contents->size = size;
    memset(contents->bytes + size, 0, contents->room - size);
}

static void contents_of(const struct disk_log *log, size_t count, int file, const struct chance *chance,
                        struct contents *contents)
{
    const struct disk_op **waiting = malloc((count + 1) * sizeof *waiting);
    size_t waiting_count = 0;
    if (waiting == NULL)
        abort();
    for (size_t i = 0; i < count; i++) {
        const struct disk_op *op = &log->at[i];
        if (op->file != file)
            continue;
        if (op->kind == DISK_WRITE || op->kind == DISK_TRUNCATE)
            waiting[waiting_count++] = op;
        if (op->kind != DISK_SYNC)
            continue;
        for (size_t w = 0; w < waiting_count; w++)
            apply_whole(contents, waiting[w]);
        waiting_count = 0;
    }
    if (waiting_count > 0)
        apply_torn(contents, waiting, waiting_count, chance);
    free(waiting);
}

/* ---- names ---- */

struct entry {
    int folder, number;
    bool is_folder;
    char name[DISK_NAME_MAX];
};
struct tree {
    struct entry at[NAMES_MAX];
    int count;
};

static struct entry *entry_of(struct tree *tree, int folder, const char *name)
{
    for (int i = 0; i < tree->count; i++)
        if (tree->at[i].folder == folder && strcmp(tree->at[i].name, name) == 0)
            return &tree->at[i];
    return NULL;
}

static void entry_set(struct tree *tree, int folder, const char *name, int number, bool is_folder)
{
    struct entry *entry = entry_of(tree, folder, name);
    if (entry == NULL && tree->count == NAMES_MAX)
        abort();
    if (entry == NULL)
        entry = &tree->at[tree->count++];
    *entry = (struct entry){.folder = folder, .number = number, .is_folder = is_folder};
    snprintf(entry->name, sizeof entry->name, "%s", name);
}

static void entry_drop(struct tree *tree, struct entry *entry)
{
    if (entry != NULL)
        *entry = tree->at[--tree->count];
}

static void apply_name(struct tree *tree, const struct disk_op *op)
{
    struct entry *entry = entry_of(tree, op->folder, op->name);
    if (op->kind == DISK_FILE || op->kind == DISK_FOLDER)
        entry_set(tree, op->folder, op->name, op->file, op->kind == DISK_FOLDER);
    if (op->kind == DISK_UNLINK)
        entry_drop(tree, entry);
    if (op->kind == DISK_RENAME && entry != NULL) {
        int number = entry->number;
        entry_drop(tree, entry);
        entry_set(tree, op->to_folder, op->to_name, number, false);
    }
}

static bool is_name_op(const struct disk_op *op)
{
    return op->kind == DISK_FILE || op->kind == DISK_FOLDER || op->kind == DISK_UNLINK || op->kind == DISK_RENAME;
}

/* Once a change of a name is lost, so are the later ones of that name. */
static bool is_lost_already(const struct disk_op **lost, size_t count, const struct disk_op *op)
{
    const char *other = op->kind == DISK_RENAME ? op->to_name : op->name;
    for (size_t i = 0; i < count; i++) {
        const char *was = lost[i]->kind == DISK_RENAME ? lost[i]->to_name : lost[i]->name;
        if (lost[i]->folder == op->folder &&
            (strcmp(lost[i]->name, op->name) == 0 || strcmp(lost[i]->name, other) == 0 ||
             strcmp(was, op->name) == 0 || strcmp(was, other) == 0))
            return true;
    }
    return false;
}

static void tree_of(const struct disk_log *log, size_t count, const struct chance *chance, struct tree *tree)
{
    size_t synced[DISK_FOLDERS_MAX] = {0}, lost_count = 0;
    const struct disk_op **lost = malloc((count + 1) * sizeof *lost);
    if (lost == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        if (log->at[i].kind == DISK_SYNC_FOLDER)
            synced[log->at[i].folder] = i;
    for (size_t i = 0; i < count; i++) {
        const struct disk_op *op = &log->at[i];
        if (!is_name_op(op))
            continue;
        if (i < synced[op->folder] || (!is_lost_already(lost, lost_count, op) && falls(chance)))
            apply_name(tree, op);
        else
            lost[lost_count++] = op;
    }
    free(lost);
}

/* ---- writing it out ---- */

static void write_file(const char *path, const struct contents *contents)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    size_t done = 0;
    while (fd >= 0 && done < contents->size) {
        ssize_t part = pwrite(fd, contents->bytes + done, contents->size - done, (off_t)done);
        if (part <= 0)
            break;
        done += (size_t)part;
    }
    if (fd < 0 || done < contents->size || close(fd) != 0) {
        perror(path);
        abort();
    }
}

static void write_folder(const struct disk_log *log, size_t count, const struct tree *tree, int folder,
                         const struct chance *chance, const char *path)
{
    for (int i = 0; i < tree->count; i++) {
        const struct entry *entry = &tree->at[i];
        struct contents contents = {0};
        char inner[PATH_ROOM];
        if (entry->folder != folder)
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->name);
        if (entry->is_folder) {
            if (mkdir(inner, S_IRWXU) != 0)
                abort();
            write_folder(log, count, tree, entry->number, chance, inner);
            continue;
        }
        contents_of(log, count, entry->number, chance, &contents);
        write_file(inner, &contents);
        free(contents.bytes);
    }
}

void cut_make(const struct disk_log *log, size_t count, struct seeded *seeded, const char *into)
{
    static const unsigned ways[] = {0, 8, 1, 4, 4, 6, 7, 2};
    struct chance chance = {seeded, ways[seeded_below(seeded, sizeof ways / sizeof ways[0])]};
    struct tree *tree = calloc(1, sizeof *tree);
    if (tree == NULL)
        abort();
    tree_of(log, count, &chance, tree);
    write_folder(log, count, tree, 0, &chance, into);
    free(tree);
}
