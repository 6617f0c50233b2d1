#include "service/mail/web/webmail.h"

#include "service/mail/lang.h"

int64_t webmail_number(struct str segment)
{
    int64_t number;
    return str_to_i64(segment, &number) == OK && number > 0 ? number : 0;
}

int64_t webmail_folder_id(struct str segment)
{
    if (str_eq(segment, STR("flagged")))
        return MAIL_FOLDER_FLAGGED;
    if (str_eq(segment, STR("deleted")))
        return MAIL_FOLDER_DELETED;
    return webmail_number(segment);
}

struct str webmail_folder_path(struct ctx *ctx, int64_t folder)
{
    if (folder == MAIL_FOLDER_FLAGGED)
        return STR("/mail/flagged");
    if (folder == MAIL_FOLDER_DELETED)
        return STR("/mail/deleted");
    return str_format(ctx->arena, "/mail/%lld", (long long)folder);
}

/* What the page calls a folder with a role, and its picture. */
static const struct {
    enum mail_role role;
    enum text_key label;
    const char *icon;
} roles[] = {
    {MAIL_INBOX, T_mail_role_inbox, "inbox"},       {MAIL_DRAFTS, T_mail_role_drafts, "pen"},
    {MAIL_SENT, T_mail_role_sent, "send"},          {MAIL_ARCHIVE, T_mail_role_archive, "archive"},
    {MAIL_JUNK, T_mail_role_junk, "shield"},        {MAIL_TRASH, T_mail_role_trash, "trash"},
};

struct str webmail_folder_label(struct ctx *ctx, const struct mail_folder *folder)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (roles[i].role == folder->role)
            return text_of(ctx->language, roles[i].label);
    return folder->name;
}

static const char *icon_of(enum mail_role role)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (roles[i].role == role)
            return roles[i].icon;
    return "file";
}

struct str webmail_folder_name(struct ctx *ctx, int64_t folder)
{
    struct mail_folder found;
    if (folder == MAIL_FOLDER_FLAGGED)
        return text_of(ctx->language, T_mail_role_flagged);
    if (folder == MAIL_FOLDER_DELETED)
        return text_of(ctx->language, T_mail_role_deleted);
    if (mail_folder_get(ctx, folder, &found) != OK)
        return STR("");
    return webmail_folder_label(ctx, &found);
}

/* ---- the column ---- */

static void add_folder(struct ctx *ctx, struct mail_side_view *side, const struct mail_folder *folder, int64_t current)
{
    bool is_draft = folder->role == MAIL_DRAFTS;
    int64_t number = is_draft ? folder->messages : folder->unread;
    side->folders[side->folder_count++] = (struct mail_side_folder){
        .path = webmail_folder_path(ctx, folder->id), .label = webmail_folder_label(ctx, folder),
        .icon = icon_of(folder->role), .number = number,
        .has_unread = number > 0 && !is_draft && folder->role != MAIL_TRASH,
        .has_number = number > 0 && is_draft, .is_current = folder->id == current};
}

static void add_special(struct ctx *ctx, struct mail_side_view *side, int64_t id, const char *icon, int64_t current)
{
    side->folders[side->folder_count++] = (struct mail_side_folder){.path = webmail_folder_path(ctx, id),
                                                                    .label = webmail_folder_name(ctx, id),
                                                                    .icon = icon,
                                                                    .is_current = id == current};
}

static enum status add_usage(struct ctx *ctx, struct mail_side_view *side)
{
    struct mail_usage usage;
    TRY(mail_usage_get(ctx, &usage));
    side->used = page_size(ctx, usage.used);
    side->max = page_size(ctx, usage.max);
    side->has_quota = usage.max > 0;
    if (side->has_quota)
        side->percent = usage.used >= usage.max ? 100 : usage.used * 100 / usage.max;
    return OK;
}

enum status webmail_side(struct ctx *ctx, int64_t current, struct mail_side_view *ret_side)
{
    struct mail_folder *folders;
    size_t count;
    TRY(mail_folders(ctx, &folders, &count));
    *ret_side = (struct mail_side_view){.folders = arena_array(ctx->arena, struct mail_side_folder, count + 2)};
    if (ret_side->folders == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (folders[i].role == MAIL_OWN)
            continue;
        add_folder(ctx, ret_side, &folders[i], current);
        if (folders[i].role == MAIL_INBOX)
            add_special(ctx, ret_side, MAIL_FOLDER_FLAGGED, "flag", current);
    }
    add_special(ctx, ret_side, MAIL_FOLDER_DELETED, "clock", current);
    for (size_t i = 0; i < count; i++)
        if (folders[i].role == MAIL_OWN)
            add_folder(ctx, ret_side, &folders[i], current);
    return add_usage(ctx, ret_side);
}

enum status webmail_targets(struct ctx *ctx, int64_t current, struct mail_targets_view *ret_targets)
{
    struct mail_folder *folders;
    size_t count;
    TRY(mail_folders(ctx, &folders, &count));
    *ret_targets =
        (struct mail_targets_view){.targets = arena_array(ctx->arena, struct mail_targets_target, count + 1)};
    if (ret_targets->targets == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (folders[i].role != MAIL_DRAFTS && folders[i].role != MAIL_SENT && folders[i].id != current)
            ret_targets->targets[ret_targets->target_count++] =
                (struct mail_targets_target){.id = folders[i].id, .label = webmail_folder_label(ctx, &folders[i])};
    return OK;
}

struct page_head webmail_head(struct ctx *ctx, struct str title)
{
    (void)ctx;
    return (struct page_head){.title = title, .tone = PAGE_AGENT, .menu = "/mail", .search_path = STR("/mail/search"),
                              .search_words = STR("")};
}

/* ---- forms ---- */

enum status webmail_ids(struct ctx *ctx, const struct web_request *request, const char *name, int64_t **ret_ids,
                        size_t *ret_count)
{
    int64_t *ids = arena_array(ctx->arena, int64_t, MAIL_SELECTION_MAX);
    size_t count = 0;
    if (ids == NULL)
        return LIMIT;
    for (size_t i = 0; i < request->fields->count; i++) {
        if (!str_eq(request->fields->at[i].name, str_of(name)))
            continue;
        if (count == MAIL_SELECTION_MAX)
            return LIMIT;
        TRY(str_to_i64(request->fields->at[i].value, &ids[count++]));
    }
    *ret_ids = ids;
    *ret_count = count;
    return OK;
}

static enum status to_role(struct ctx *ctx, const struct mail_selection *selection, enum mail_role role,
                           int64_t *ret_changed)
{
    int64_t folder;
    TRY(mail_folder_by_role(ctx, role, &folder));
    return mail_move(ctx, selection, folder, ret_changed);
}

enum status webmail_act(struct ctx *ctx, const struct web_request *request, const struct mail_selection *selection,
                        int64_t *ret_changed)
{
    static const struct {
        const char *word;
        enum mail_mark mark;
    } marks[] = {{"read", MAIL_READ}, {"unread", MAIL_UNREAD}, {"flag", MAIL_FLAG}, {"unflag", MAIL_UNFLAG}};
    struct str act = web_value(request, "do");
    *ret_changed = 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_eq(act, str_of(marks[i].word)))
            return mail_mark(ctx, selection, marks[i].mark, ret_changed);
    if (str_eq(act, STR("archive")))
        return to_role(ctx, selection, MAIL_ARCHIVE, ret_changed);
    if (str_eq(act, STR("junk")))
        return to_role(ctx, selection, MAIL_JUNK, ret_changed);
    if (str_eq(act, STR("inbox")))
        return to_role(ctx, selection, MAIL_INBOX, ret_changed);
    if (str_eq(act, STR("move")))
        return mail_move(ctx, selection, web_int(request, "to", 0), ret_changed);
    if (str_eq(act, STR("delete")))
        return mail_delete(ctx, selection, ret_changed);
    if (str_eq(act, STR("restore")))
        return mail_restore(ctx, selection, ret_changed);
    return NOT_FOUND;
}
