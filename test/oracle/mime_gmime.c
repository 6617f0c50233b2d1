/* mime_gmime FILE...: what parvis and GMime make of each message, and where they differ. One line
 * per difference: "NAME what: parvis | gmime". Structure, the bytes of every leaf, file names,
 * subject, addresses and date. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>

#include "proto/mime/address.h"
#include "proto/mime/body_parts.h"
#include "proto/mime/header.h"
#include "proto/mime/mail_date.h"

enum { FILE_MAX_BYTES = 4 << 20, SHOWN_MAX = 120 };

struct leaf {
    struct str bytes, name;
};

struct leaf_list LIST_OF(struct leaf);

struct view {
    struct buf structure;
    struct leaf_list leaves;
};

static void add_lower(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_add_byte(out, ascii_lower(text.at[i]));
}

/* ---- ours ---- */

static void view_ours(struct arena *arena, const struct mime *mime, const struct mime_part *part,
                      struct view *view)
{
    add_lower(&view->structure, part->type);
    buf_add_byte(&view->structure, '/');
    add_lower(&view->structure, part->subtype);
    if (part->kind == MIME_LEAF) {
        struct leaf *leaf = list_add(&view->leaves, arena, MIME_PARTS_MAX);
        leaf->bytes = mime_body(mime, part);
        if (body_part_name(arena, part, &leaf->name) != OK)
            abort();
        return;
    }
    buf_add_byte(&view->structure, '(');
    for (uint32_t i = part->first_child; i != MIME_NONE; i = mime->parts[i].next) {
        if (i != part->first_child)
            buf_add_byte(&view->structure, ' ');
        view_ours(arena, mime, &mime->parts[i], view);
    }
    buf_add_byte(&view->structure, ')');
}

/* ---- GMime's ---- */

static struct str bytes_of(struct arena *arena, GMimeDataWrapper *content)
{
    GMimeStream *from = content ? g_mime_data_wrapper_get_stream(content) : NULL;
    if (from == NULL)
        return STR("");
    GByteArray *array = g_byte_array_new();
    GMimeStream *to = g_mime_stream_mem_new_with_byte_array(array);
    g_mime_stream_reset(from);
    g_mime_stream_write_to_stream(from, to);
    struct str bytes = str_copy(arena, (struct str){(const char *)array->data, array->len});
    g_object_unref(to);
    return bytes;
}

static void view_theirs(struct arena *arena, GMimeObject *object, struct view *view)
{
    GMimeContentType *type = g_mime_object_get_content_type(object);
    add_lower(&view->structure, str_of(g_mime_content_type_get_media_type(type)));
    buf_add_byte(&view->structure, '/');
    add_lower(&view->structure, str_of(g_mime_content_type_get_media_subtype(type)));
    if (GMIME_IS_MULTIPART(object)) {
        buf_add_byte(&view->structure, '(');
        for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(object)); i++) {
            if (i > 0)
                buf_add_byte(&view->structure, ' ');
            view_theirs(arena, g_mime_multipart_get_part(GMIME_MULTIPART(object), i), view);
        }
        buf_add_byte(&view->structure, ')');
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        buf_add_byte(&view->structure, '(');
        if (inner != NULL)
            view_theirs(arena, g_mime_message_get_mime_part(inner), view);
        buf_add_byte(&view->structure, ')');
    } else if (GMIME_IS_PART(object)) {
        struct leaf *leaf = list_add(&view->leaves, arena, MIME_PARTS_MAX);
        const char *name = g_mime_part_get_filename(GMIME_PART(object));
        leaf->bytes = bytes_of(arena, g_mime_part_get_content(GMIME_PART(object)));
        leaf->name = name ? str_copy(arena, str_of(name)) : STR_NONE;
    }
}

/* ---- comparing ---- */

static void show(struct str text)
{
    printf("\"");
    for (size_t i = 0; i < text.len && i < SHOWN_MAX; i++) {
        unsigned char c = (unsigned char)text.at[i];
        printf(c < ' ' || c == 0x7F ? "\\x%02x" : "%c", c);
    }
    printf(text.len > SHOWN_MAX ? "...\" (%zu bytes)" : "\"", text.len);
}

static int compare(const char *name, const char *what, struct str ours, struct str theirs)
{
    if (str_eq(ours, theirs) || (ours.len == 0 && theirs.len == 0))
        return 0;
    printf("%s %s: ", name, what);
    show(ours);
    printf(" | ");
    show(theirs);
    printf("\n");
    return 1;
}

static int compare_leaves(const char *name, struct view *ours, struct view *theirs)
{
    int differences = 0;
    for (size_t i = 0; i < ours->leaves.count && i < theirs->leaves.count; i++) {
        char what[40];
        snprintf(what, sizeof what, "bytes of leaf %zu", i + 1);
        differences += compare(name, what, ours->leaves.at[i].bytes, theirs->leaves.at[i].bytes);
        snprintf(what, sizeof what, "name of leaf %zu", i + 1);
        differences += compare(name, what, ours->leaves.at[i].name, theirs->leaves.at[i].name);
    }
    return differences;
}

static void add_their_addresses(struct buf *out, InternetAddressList *list)
{
    for (int i = 0; list != NULL && i < internet_address_list_length(list); i++) {
        InternetAddress *address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            add_their_addresses(
                out, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)));
            continue;
        }
        const char *name = internet_address_get_name(address);
        buf_add_c(out, name ? name : "");
        buf_add_format(out, " <%s> ",
                       internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
    }
}

static void add_our_addresses(struct buf *out, struct arena *arena, struct str header,
                              const char *field)
{
    struct address_list list = {0};
    if (address_parse_field(arena, header, str_of(field), &list) != OK)
        abort();
    for (size_t i = 0; i < list.count; i++) {
        struct address *address = &list.at[i];
        if (address_is_group_start(address) || address_is_group_end(address))
            continue;
        buf_add(out, address_name_text(arena, address));
        buf_add_format(out, " <%.*s> ", STR_ARG(address_text(arena, address)));
    }
}

static int compare_addresses(const char *name, struct arena *arena, struct str header,
                             GMimeMessage *message)
{
    static const struct {
        const char *field;
        GMimeAddressType type;
    } fields[] = {{"From", GMIME_ADDRESS_TYPE_FROM},
                  {"To", GMIME_ADDRESS_TYPE_TO},
                  {"Cc", GMIME_ADDRESS_TYPE_CC}};
    int differences = 0;
    for (size_t i = 0; i < 3; i++) {
        struct buf ours BUF_SCOPE = BUF_INIT(1 << 20), theirs BUF_SCOPE = BUF_INIT(1 << 20);
        add_our_addresses(&ours, arena, header, fields[i].field);
        add_their_addresses(&theirs, g_mime_message_get_addresses(message, fields[i].type));
        differences += compare(name, fields[i].field, buf_str(&ours), buf_str(&theirs));
    }
    return differences;
}

static int compare_header(const char *name, struct arena *arena, struct str header,
                          GMimeMessage *message)
{
    struct mail_date date = {{0}, 0};
    struct buf ours BUF_SCOPE = BUF_INIT(100), theirs BUF_SCOPE = BUF_INIT(100);
    const char *subject = g_mime_message_get_subject(message);
    GDateTime *their_date = g_mime_message_get_date(message);
    struct str value = header_find(header, STR("Date"));
    if (!str_is_absent(value) && mail_date_parse(value, &date) == OK)
        buf_add_i64(&ours, date.instant.ms / 1000);
    if (their_date != NULL)
        buf_add_i64(&theirs, g_date_time_to_unix(their_date));
    return compare(name, "Subject", header_text(arena, header_find(header, STR("Subject"))),
                   str_of(subject)) +
           compare(name, "Date", buf_str(&ours), buf_str(&theirs)) +
           compare_addresses(name, arena, header, message);
}

static int compare_messages(const char *name, struct arena *arena, struct str bytes)
{
    struct view ours = {.structure = BUF_INIT(1 << 20)}, theirs = {.structure = BUF_INIT(1 << 20)};
    struct mime mime;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.at, bytes.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message == NULL || mime_scan(arena, bytes, &mime) != OK) {
        printf("%s message: cannot be read by %s\n", name, message == NULL ? "gmime" : "parvis");
        return 1;
    }
    view_ours(arena, &mime, mime.parts, &ours);
    view_theirs(arena, g_mime_message_get_mime_part(message), &theirs);
    int differences =
        compare(name, "structure", buf_str(&ours.structure), buf_str(&theirs.structure));
    if (differences == 0)
        differences += compare_leaves(name, &ours, &theirs);
    differences += compare_header(name, arena, mime_header(&mime, mime.parts), message);
    g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
    buf_finish(&ours.structure);
    buf_finish(&theirs.structure);
    return differences;
}

int main(int count, char **names)
{
    int same = 0;
    g_mime_init();
    for (int i = 1; i < count; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
        char *bytes = malloc(FILE_MAX_BYTES);
        FILE *file = fopen(names[i], "rb");
        size_t length = file ? fread(bytes, 1, FILE_MAX_BYTES, file) : 0;
        const char *slash = strrchr(names[i], '/');
        struct str message = {bytes, length};
        if (str_starts(message, STR("From "))) /* an mbox line is no part of the message */
            message = str_after(message, str_find_byte(message, '\n') + 1);
        same += compare_messages(slash ? slash + 1 : names[i], arena, message) == 0;
        if (file != NULL)
            fclose(file);
        free(bytes);
    }
    printf("%d of %d messages are the same\n", same, count - 1);
    return 0;
}
