#include "service/directory/directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/page.h"
#include "service/directory/directory_html.h"
#include "service/directory/directory_sql.h"
#include "service/directory/lang.h"

/* True when every word of `words` is in one of the texts, accents and case aside. */
static bool is_match(struct ctx *ctx, struct str words, const struct str *texts, size_t text_count)
{
    struct buf all BUF_SCOPE = BUF_INIT(4000);
    struct buf wanted BUF_SCOPE = BUF_INIT(4000);
    (void)ctx;
    for (size_t i = 0; i < text_count; i++) {
        utf8_fold(&all, texts[i]);
        buf_add_byte(&all, '\n');
    }
    utf8_fold(&wanted, words);
    struct str rest = buf_str(&wanted);
    while (!str_is_absent(rest)) {
        struct str word = str_trim(str_cut(&rest, ' '));
        if (word.len > 0 && str_find(buf_str(&all), word) == SIZE_MAX)
            return false;
    }
    return true;
}

static struct str write_path(struct ctx *ctx, struct str address)
{
    struct buf path BUF_SCOPE = BUF_INIT(2000);
    buf_add_literal(&path, "/mail/write?to=");
    html_url_component_add(&path, address);
    return str_copy(ctx->arena, buf_str(&path));
}

struct entry {
    struct str key; /* department and name without accents: "État civil" stands between D and F */
    size_t place;
};

static int compare(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    size_t shared = left->key.len < right->key.len ? left->key.len : right->key.len;
    int order = memcmp(left->key.at, right->key.at, shared);
    return order != 0 ? order : left->key.len < right->key.len ? -1 : left->key.len > right->key.len;
}

static enum status in_order(struct ctx *ctx, const struct sql_directory_people_row *rows, size_t count,
                            struct entry **ret_entries)
{
    struct entry *entries = arena_array(ctx->arena, struct entry, count + 1);
    if (entries == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct buf key BUF_SCOPE = BUF_INIT(4000);
        utf8_fold(&key, rows[i].department);
        buf_add_byte(&key, '\n');
        utf8_fold(&key, rows[i].display_name);
        entries[i] = (struct entry){str_copy(ctx->arena, buf_str(&key)), i};
        if (str_is_absent(entries[i].key))
            return LIMIT;
    }
    qsort(entries, count, sizeof *entries, compare);
    *ret_entries = entries;
    return OK;
}

static enum status fill_people(struct ctx *ctx, struct str words, struct directory_view *view)
{
    struct sql_directory_people_row *rows;
    struct entry *entries;
    size_t count;
    TRY(sql_directory_people(ctx->db, ctx->arena, &rows, &count));
    view->persons = arena_array(ctx->arena, struct directory_person, count + 1);
    if (view->persons == NULL)
        return LIMIT;
    TRY(in_order(ctx, rows, count, &entries));
    for (size_t i = 0; i < count; i++) {
        const struct sql_directory_people_row *row = &rows[entries[i].place];
        struct str texts[] = {row->address, row->display_name, row->department};
        view->has_departments |= row->department.len > 0;
        if (is_match(ctx, words, texts, 3))
            view->persons[view->person_count++] =
                (struct directory_person){.name = row->display_name, .address = row->address,
                                          .department = row->department, .path = write_path(ctx, row->address)};
    }
    for (size_t i = 0; i < view->person_count; i++)
        view->persons[i].has_departments = view->has_departments;
    view->has_people = view->person_count > 0;
    return OK;
}

/* Whom a message to the group reaches. */
static enum status members_of(struct ctx *ctx, int64_t group, struct str *ret_members)
{
    struct sql_directory_members_row *rows;
    size_t count;
    struct buf text BUF_SCOPE = BUF_INIT(64 << 10);
    struct sql_directory_members in = {.person_group = group};
    TRY(sql_directory_members(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(&text, "%s%.*s", i > 0 ? ", " : "", STR_ARG(rows[i].name));
    *ret_members = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_members) ? LIMIT : OK;
}

static enum status fill_groups(struct ctx *ctx, struct str words, struct directory_view *view)
{
    struct sql_directory_groups_row *rows;
    size_t count;
    TRY(sql_directory_groups(ctx->db, ctx->arena, &rows, &count));
    view->groups = arena_array(ctx->arena, struct directory_group, count + 1);
    if (view->groups == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct str members;
        TRY(members_of(ctx, rows[i].id, &members));
        struct str texts[] = {rows[i].address, rows[i].display_name, members};
        if (is_match(ctx, words, texts, 3))
            view->groups[view->group_count++] =
                (struct directory_group){.name = rows[i].display_name, .address = rows[i].address,
                                         .members = members, .path = write_path(ctx, rows[i].address)};
    }
    view->has_groups = view->group_count > 0;
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct str words = str_trim(web_value(request, "q"));
    if (words.len > DIRECTORY_QUERY_MAX)
        return LIMIT;
    struct directory_view view = {.words = words};
    TRY(fill_people(ctx, words, &view));
    TRY(fill_groups(ctx, words, &view));
    view.count = (int64_t)view.person_count;
    view.is_empty = !view.has_people && !view.has_groups;
    struct page_head head = {.title = text_of(ctx->language, T_directory_menu), .menu = "/directory"};
    page_begin(&page, ctx, request, response);
    directory_html(&page.html, &view);
    return page_end(&page, &head);
}

static const struct web_route routes[] = {{WEB_GET, "/directory", PERMISSION_SELF, false, show}};
static const struct menu_entry menu[] = {{T_directory_menu, "/directory", "people", PERMISSION_SELF}};

const struct service directory_service = {
    .name = "directory",
    .title = T_directory_menu,
    .summary = T_directory_summary,
    .is_on_at_first = true,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
