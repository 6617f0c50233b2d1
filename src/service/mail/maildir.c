#include "service/mail/maildir.h"

#include "base/list.h"
#include "os/file.h"
#include "proto/imap/imap_utf7.h"
#include "service/mail/mailbox.h"
#include "service/mail/message.h"

enum { KEYWORDS_FILE_MAX = 64 << 10 };

struct reading {
    struct arena *arena;
    struct folder_list LIST_OF(struct maildir_folder) folders;
    struct file_list LIST_OF(struct maildir_file) files;
};

/* ".A.B" is "A/B"; a name that is no modified UTF-7 is taken as it is written. */
static enum status name_of(struct arena *arena, struct str folder, struct str *ret_name)
{
    struct buf name BUF_SCOPE = BUF_INIT(MAILBOX_NAME_MAX * 4), slashed BUF_SCOPE = BUF_INIT(MAILBOX_NAME_MAX * 4);
    for (size_t i = 1; i < folder.len; i++)
        buf_add_byte(&slashed, folder.at[i] == '.' ? '/' : folder.at[i]);
    TRY(buf_status(&slashed));
    if (imap_utf7_decode(&name, buf_str(&slashed)) != OK) {
        buf_clear(&name);
        buf_add(&name, buf_str(&slashed));
    }
    TRY(buf_status(&name));
    *ret_name = str_copy(arena, buf_str(&name));
    return str_is_absent(*ret_name) ? LIMIT : OK;
}

/* Lines "0 name", for the letters from 'a' on. */
static void read_keywords(struct arena *arena, struct str path, struct maildir_folder *folder)
{
    struct buf text BUF_SCOPE = BUF_INIT(KEYWORDS_FILE_MAX);
    uint64_t number;
    struct str file = str_format(arena, "%.*s/dovecot-keywords", STR_ARG(path));
    if (str_is_absent(file) || file_read_all(file.at, &text) != OK)
        return;
    struct str rest = str_copy(arena, buf_str(&text));
    while (rest.len > 0) {
        struct str line = str_cut(&rest, '\n'), digits = str_cut(&line, ' ');
        if (!str_is_absent(line) && str_to_u64(digits, MAILDIR_KEYWORDS - 1, &number) == OK)
            folder->keywords[number] = str_trim(line);
    }
}

static int64_t flag_of(char letter)
{
    switch (letter) {
    case 'S':
        return MESSAGE_SEEN;
    case 'R':
        return MESSAGE_ANSWERED;
    case 'F':
        return MESSAGE_FLAGGED;
    case 'T':
        return MESSAGE_DELETED;
    case 'D':
        return MESSAGE_DRAFT;
    default:
        return 0;
    }
}

static void read_flags(struct str name, struct maildir_file *file)
{
    size_t at = str_find(name, STR(":2,"));
    struct str letters = at == SIZE_MAX ? STR("") : str_after(name, at + 3);
    for (size_t i = 0; i < letters.len; i++) {
        file->flags |= flag_of(letters.at[i]);
        if (letters.at[i] >= 'a' && letters.at[i] <= 'z')
            file->letters |= 1u << (letters.at[i] - 'a');
    }
}

static enum status add_files(struct reading *reading, struct str path, const char *part)
{
    struct str *names;
    size_t count;
    struct str folder = str_format(reading->arena, "%.*s/%s", STR_ARG(path), part);
    enum status done = file_list(folder.at, reading->arena, MAILDIR_FILES_MAX, &names, &count);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    for (size_t i = 0; i < count; i++) {
        struct str whole = str_format(reading->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names[i]));
        if (str_starts(names[i], STR(".")))
            continue;
        struct maildir_file *file = list_add(&reading->files, reading->arena, MAILDIR_FILES_MAX);
        if (file == NULL || str_is_absent(whole))
            return LIMIT;
        *file = (struct maildir_file){.folder = reading->folders.count - 1, .path = whole};
        read_flags(names[i], file);
    }
    return OK;
}

static enum status add_folder(struct reading *reading, struct str path, struct str name)
{
    struct maildir_folder *folder = list_add(&reading->folders, reading->arena, MAILDIR_FOLDERS_MAX);
    if (folder == NULL || str_is_absent(path))
        return LIMIT;
    *folder = (struct maildir_folder){.name = name};
    read_keywords(reading->arena, path, folder);
    TRY(add_files(reading, path, "cur"));
    return add_files(reading, path, "new");
}

static enum status add_subfolders(struct reading *reading, const char *path)
{
    struct str *names, name;
    size_t count;
    TRY(file_list(path, reading->arena, MAILDIR_FILES_MAX, &names, &count));
    for (size_t i = 0; i < count; i++) {
        struct str sub = str_format(reading->arena, "%s/%.*s", path, STR_ARG(names[i]));
        if (!str_starts(names[i], STR(".")) || names[i].len < 2 || str_is_absent(sub) || !file_is_folder(sub.at))
            continue;
        TRY(name_of(reading->arena, names[i], &name));
        TRY(add_folder(reading, sub, name));
    }
    return OK;
}

enum status maildir_open(const char *path, struct arena *arena, struct maildir *ret_maildir)
{
    struct reading reading = {.arena = arena};
    struct str cur = str_format(arena, "%s/cur", path);
    if (str_is_absent(cur))
        return LIMIT;
    if (!file_is_folder(cur.at))
        return NOT_FOUND;
    TRY(add_folder(&reading, str_of(path), STR("INBOX")));
    TRY(add_subfolders(&reading, path));
    *ret_maildir = (struct maildir){.folders = reading.folders.at, .folder_count = reading.folders.count,
                                    .files = reading.files.at, .file_count = reading.files.count};
    return OK;
}

static void add_lines(struct buf *out, struct str text)
{
    while (!str_is_absent(text) && text.len > 0) {
        struct str line = str_cut(&text, '\n');
        if (str_ends(line, STR("\r")))
            line.len--;
        buf_add(out, line);
        buf_add_literal(out, "\r\n");
    }
}

enum status maildir_read(const struct maildir_file *file, struct buf *out, struct instant *ret_received)
{
    struct str text;
    TRY(file_modified(file->path.at, ret_received));
    TRY(file_map_path(file->path.at, &text));
    add_lines(out, text);
    file_unmap(text);
    return buf_status(out);
}
