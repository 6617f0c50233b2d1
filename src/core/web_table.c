#include "core/web_table.h"

#include "base/list.h"

struct entry {
    const struct web_route *route;
    const struct service *service;
    struct str segments[WEB_SEGMENTS_MAX]; /* absent: {…} */
    size_t segment_count;
};

struct web_table {
    struct entry_list LIST_OF(struct entry) entries;
};

static bool is_literal(struct str segment)
{
    for (size_t i = 0; i < segment.len; i++)
        if (!ascii_is_alpha(segment.at[i]) && !ascii_is_digit(segment.at[i]) && strchr("-_.", segment.at[i]) == NULL)
            return false;
    return true;
}

static bool is_param(struct str segment)
{
    return segment.len > 2 && segment.at[0] == '{' && segment.at[segment.len - 1] == '}' &&
           is_literal(str_slice(segment, 1, segment.len - 1));
}

/* "/a/{b}" -> "a", absent. "/" has one empty segment. */
static const char *split_pattern(struct str pattern, struct entry *entry)
{
    size_t params = 0;
    if (pattern.len == 0 || pattern.at[0] != '/')
        return "a pattern begins with /";
    struct str rest = str_after(pattern, 1);
    while (!str_is_absent(rest)) {
        struct str segment = str_cut(&rest, '/');
        if (entry->segment_count == WEB_SEGMENTS_MAX)
            return "too many segments";
        if (is_param(segment) && params++ == WEB_PARAMS_MAX)
            return "too many parameters";
        if (!is_param(segment) && !is_literal(segment))
            return "a segment is neither written nor {…}";
        entry->segments[entry->segment_count++] = is_param(segment) ? STR_NONE : segment;
    }
    return NULL;
}

static bool is_same_path(const struct entry *a, const struct entry *b)
{
    if (a->route->method != b->route->method || a->segment_count != b->segment_count)
        return false;
    for (size_t i = 0; i < a->segment_count; i++)
        if (str_is_absent(a->segments[i]) != str_is_absent(b->segments[i]) ||
            (!str_is_absent(a->segments[i]) && !str_eq(a->segments[i], b->segments[i])))
            return false;
    return true;
}

static const char *fault_of(const struct web_table *table, struct entry *entry)
{
    const struct web_route *route = entry->route;
    if (route->handler == NULL)
        return "no handler";
    if (route->permission == PERMISSION_NONE && !route->open)
        return "no permission";
    if (route->permission != PERMISSION_NONE && route->open)
        return "open and with a permission";
    const char *fault = split_pattern(str_of(route->pattern), entry);
    for (size_t i = 0; fault == NULL && i < table->entries.count; i++)
        if (is_same_path(&table->entries.at[i], entry))
            fault = "the same path as another route";
    return fault;
}

static enum status add_service(struct web_table *table, struct arena *arena, const struct service *service,
                               struct str *ret_refusal)
{
    for (size_t i = 0; i < service->route_count; i++) {
        struct entry entry = {.route = &service->routes[i], .service = service};
        const char *fault = fault_of(table, &entry);
        if (fault != NULL) {
            *ret_refusal = str_format(arena, "%s: %s: %s", service->name,
                                      entry.route->pattern ? entry.route->pattern : "", fault);
            return INVALID;
        }
        struct entry *added = list_add(&table->entries, arena, WEB_ROUTES_MAX);
        if (added == NULL)
            return LIMIT;
        *added = entry;
    }
    return OK;
}

enum status web_table_create(struct arena *arena, const struct service *const *services, enum web_owner owner,
                             struct web_table **ret_table, struct str *ret_refusal)
{
    struct web_table *table = arena_new(arena, struct web_table);
    if (table == NULL)
        return LIMIT;
    *ret_refusal = STR("too many routes");
    for (; *services != NULL; services++)
        if ((*services)->owner == owner)
            TRY(add_service(table, arena, *services, ret_refusal));
    *ret_table = table;
    return OK;
}

/* 0: no. Else higher the more segments are written, the earlier ones weighing more. */
static unsigned match(const struct entry *entry, const struct str *segments, size_t count)
{
    unsigned weight = 1;
    if (count != entry->segment_count)
        return 0;
    for (size_t i = 0; i < count; i++) {
        bool is_written = !str_is_absent(entry->segments[i]);
        if (is_written ? !str_eq(entry->segments[i], segments[i]) : segments[i].len == 0)
            return 0;
        weight = weight * 2 + is_written;
    }
    return weight;
}

static size_t split_path(struct str path, struct str segments[WEB_SEGMENTS_MAX])
{
    size_t count = 0;
    if (path.len == 0 || path.at[0] != '/')
        return 0;
    struct str rest = str_after(path, 1);
    while (!str_is_absent(rest)) {
        if (count == WEB_SEGMENTS_MAX)
            return 0;
        segments[count++] = str_cut(&rest, '/');
    }
    return count;
}

enum status web_table_find(const struct web_table *table, enum web_method method, struct str path,
                           struct str params[WEB_PARAMS_MAX], const struct web_route **ret_route,
                           const struct service **ret_service)
{
    struct str segments[WEB_SEGMENTS_MAX];
    size_t count = split_path(path, segments), param = 0;
    const struct entry *best = NULL;
    unsigned best_weight = 0;
    bool is_other_method = false;
    for (size_t i = 0; count > 0 && i < table->entries.count; i++) {
        const struct entry *entry = &table->entries.at[i];
        unsigned weight = match(entry, segments, count);
        is_other_method |= weight > 0 && entry->route->method != method;
        if (entry->route->method != method || weight <= best_weight)
            continue;
        best = entry;
        best_weight = weight;
    }
    if (best == NULL)
        return is_other_method ? DENIED : NOT_FOUND;
    for (size_t i = 0; i < count; i++)
        if (str_is_absent(best->segments[i]))
            params[param++] = segments[i];
    *ret_route = best->route;
    *ret_service = best->service;
    return OK;
}
