/* `mail import`: the command line reads the source piece by piece, the town takes each piece as one job. */
#include "service/mail/import_verb.h"

#include "core/audit.h"
#include "core/person.h"
#include "os/file.h"
#include "proto/mime/header.h"
#include "proto/mime/mail_date.h"
#include "service/mail/deliver.h"
#include "service/mail/import.h"
#include "service/mail/maildir.h"
#include "service/mail/mbox.h"

/* What is read, kept from piece to piece. */
struct source {
    bool is_maildir;
    struct str mbox, rest; /* the mapped file, and what of it is still to come */
    struct maildir maildir;
    size_t next_file;
};

static enum status open_source(struct ctx *ctx, struct verb_call *call)
{
    struct source *source = arena_new(call->always, struct source);
    char *path = str_c(call->always, verb_argument(call, 1));
    if (source == NULL || path == NULL)
        return LIMIT;
    source->is_maildir = file_is_folder(path);
    enum status done = source->is_maildir ? maildir_open(path, call->always, &source->maildir)
                                          : file_map_path(path, &source->mbox);
    if (done == NOT_FOUND || done == DENIED)
        return refuse(ctx, NOT_FOUND, "mail.import.path", T_mail_import_path);
    TRY(done);
    source->rest = source->mbox;
    *call->kept = source;
    return OK;
}

static struct instant date_of_message(struct str message, struct instant otherwise)
{
    struct mail_date date;
    struct str written = header_find(str_slice(message, 0, header_length(message)), STR("Date"));
    return !str_is_absent(written) && mail_date_parse(written, &date) == OK ? date.instant : otherwise;
}

/* A message of a file that says nothing of its arrival came when it was sent; nothing came in the future. */
static int64_t arrival(struct ctx *ctx, enum status said, struct instant received, struct str message)
{
    struct instant at = said == OK ? received : date_of_message(message, ctx->now);
    return at.ms <= ctx->now.ms && at.ms >= 0 ? at.ms : ctx->now.ms;
}

static enum status add_from_mbox(struct ctx *ctx, struct verb_call *call, struct source *source)
{
    struct buf message BUF_SCOPE = BUF_INIT(DELIVER_SIZE_MAX);
    struct mbox_entry entry;
    struct instant received = {0};
    struct str folder = verb_option(call, "--folder");
    enum status next = mbox_next(&source->rest, &entry);
    if (next == INVALID)
        return refuse(ctx, INVALID, "mail.import.form", T_mail_import_form);
    TRY(next);
    TRY(mbox_unquote(&message, entry.lines));
    enum status said = mbox_received(entry.from, &received);
    struct import_item item = {.folder = str_is_absent(folder) ? STR("INBOX") : folder,
                               .flags = mbox_flags(buf_str(&message)), .keywords = STR(""),
                               .received_ms = arrival(ctx, said, received, buf_str(&message)),
                               .message = buf_str(&message)};
    import_add(call->output, &item);
    call->done = (int64_t)(source->mbox.len - source->rest.len);
    call->total = (int64_t)source->mbox.len;
    return OK;
}

static enum status add_from_maildir(struct ctx *ctx, struct verb_call *call, struct source *source)
{
    struct buf message BUF_SCOPE = BUF_INIT(DELIVER_SIZE_MAX), keywords BUF_SCOPE = BUF_INIT(IMPORT_KEYWORDS_MAX);
    struct instant received = {0};
    if (source->next_file == source->maildir.file_count)
        return NOT_FOUND;
    const struct maildir_file *file = &source->maildir.files[source->next_file++];
    const struct maildir_folder *folder = &source->maildir.folders[file->folder];
    TRY(maildir_read(file, &message, &received));
    for (size_t i = 0; i < MAILDIR_KEYWORDS; i++)
        if (file->letters >> i & 1 && !str_is_absent(folder->keywords[i]))
            buf_add_format(&keywords, "%.*s ", STR_ARG(folder->keywords[i]));
    struct import_item item = {.folder = folder->name, .flags = file->flags, .keywords = buf_str(&keywords),
                               .received_ms = arrival(ctx, OK, received, buf_str(&message)),
                               .message = buf_str(&message)};
    import_add(call->output, &item);
    call->done = (int64_t)source->next_file;
    call->total = (int64_t)source->maildir.file_count;
    return OK;
}

enum status mail_import_read(struct ctx *ctx, struct verb_call *call)
{
    if (*call->kept == NULL)
        TRY(open_source(ctx, call));
    struct source *source = *call->kept;
    for (int i = 0; i < IMPORT_PIECE_ITEMS && call->output->len < IMPORT_PIECE_BYTES; i++) {
        enum status done =
            source->is_maildir ? add_from_maildir(ctx, call, source) : add_from_mbox(ctx, call, source);
        if (done == NOT_FOUND)
            break;
        if (done == LIMIT)
            return refuse(ctx, LIMIT, "mail.import.large", T_mail_import_large);
        TRY(done);
    }
    return OK;
}

/* "ADDED THERE": what has come in so far. */
static enum status read_count(struct str handed, struct import_count *ret_count)
{
    *ret_count = (struct import_count){0};
    if (handed.len == 0)
        return OK;
    TRY(str_to_i64(str_cut(&handed, ' '), &ret_count->added));
    return str_to_i64(handed, &ret_count->there_already);
}

enum status mail_import_take(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    struct import_count count;
    TRY(read_count(call->handed, &count));
    enum status found = person_by_address(ctx, verb_argument(call, 0), &person);
    if (found == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "person.unknown", T_person_unknown);
    TRY(found);
    TRY(import_take(ctx, person.id, call->input, &count));
    buf_add_format(call->hand, "%lld %lld", (long long)count.added, (long long)count.there_already);
    if (call->input.len > 0) {
        call->next = 1;
        return OK;
    }
    buf_add_format(call->out, "%.*s: %lld imported, %lld there already\n", STR_ARG(person.address),
                   (long long)count.added, (long long)count.there_already);
    struct str added = str_format(ctx->arena, "%lld", (long long)count.added);
    return audit_add(ctx, "mail.import", person.address, added);
}
