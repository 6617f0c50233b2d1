#include "proto/mime/file_name.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { ENDING_MAX = 20 };

static struct str without_folders(struct str name)
{
    size_t slash = str_find_byte_last(name, '/');
    name = slash == SIZE_MAX ? name : str_after(name, slash + 1);
    size_t backslash = str_find_byte_last(name, '\\');
    return backslash == SIZE_MAX ? name : str_after(name, backslash + 1);
}

static void add_safe_point(struct buf *out, uint32_t point)
{
    bool is_refused = point < 0x80 && point != 0 && strchr("<>:\"|?*/\\", (int)point) != NULL;
    bool is_invisible = point == 0xAD || (point >= 0x200B && point <= 0x200D) || point == 0x2060 ||
                        (point >= 0xE0000 && point <= 0xE0FFF);
    if (is_refused)
        buf_add_byte(out, '_');
    else if (!utf8_is_deceptive(point) && !is_invisible)
        utf8_add(out, point);
}

static struct str trim_dots(struct str name)
{
    while (name.len > 0 && (name.at[0] == '.' || name.at[0] == ' '))
        name = str_after(name, 1);
    while (name.len > 0 && (name.at[name.len - 1] == '.' || name.at[name.len - 1] == ' '))
        name.len--;
    return name;
}

/* CON, NUL, COM1... with any ending (Microsoft, "Naming Files, Paths, and Namespaces"). */
static bool is_device(struct str name)
{
    static const struct str devices[] = {STR_INIT("con"), STR_INIT("prn"), STR_INIT("aux"),
                                         STR_INIT("nul")};
    struct str rest = name;
    struct str base = str_trim(str_cut(&rest, '.'));
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (str_eq_nocase(base, devices[i]))
            return true;
    return base.len == 4 && ascii_is_digit(base.at[3]) &&
           (str_starts_nocase(base, STR("com")) || str_starts_nocase(base, STR("lpt")));
}

/* At most FILE_NAME_MAX bytes, the ending kept. */
static void add_cut(struct buf *out, struct str name)
{
    size_t dot = str_find_byte_last(name, '.');
    struct str ending =
        dot == SIZE_MAX || name.len - dot > ENDING_MAX ? STR("") : str_after(name, dot);
    struct str base = str_slice(name, 0, name.len - ending.len);
    buf_add(out, utf8_prefix(base, FILE_NAME_MAX - ending.len));
    buf_add(out, ending);
}

struct str file_name_safe(struct arena *arena, struct str name)
{
    struct buf clean BUF_SCOPE = BUF_INIT(name.len * 3), cut BUF_SCOPE = BUF_INIT(FILE_NAME_MAX);
    name = without_folders(name);
    while (name.len > 0)
        add_safe_point(&clean, utf8_next(&name));
    struct str safe = trim_dots(buf_str(&clean));
    if (is_device(safe))
        buf_add_byte(&cut, '_');
    if (safe.len + cut.len > FILE_NAME_MAX) {
        buf_clear(&cut);
        add_cut(&cut, safe);
    } else {
        buf_add(&cut, safe);
    }
    safe = trim_dots(buf_str(&cut));
    return safe.len > 0 ? str_copy(arena, safe) : STR_NONE;
}

struct str file_name_ending(struct str type)
{
    static const struct {
        struct str type, ending;
    } endings[] = {
        {STR_INIT("application/pdf"), STR_INIT(".pdf")},
        {STR_INIT("image/png"), STR_INIT(".png")},
        {STR_INIT("image/jpeg"), STR_INIT(".jpg")},
        {STR_INIT("image/gif"), STR_INIT(".gif")},
        {STR_INIT("image/webp"), STR_INIT(".webp")},
        {STR_INIT("text/plain"), STR_INIT(".txt")},
        {STR_INIT("text/html"), STR_INIT(".html")},
        {STR_INIT("text/csv"), STR_INIT(".csv")},
        {STR_INIT("text/calendar"), STR_INIT(".ics")},
        {STR_INIT("text/vcard"), STR_INIT(".vcf")},
        {STR_INIT("message/rfc822"), STR_INIT(".eml")},
        {STR_INIT("application/zip"), STR_INIT(".zip")},
        {STR_INIT("application/xml"), STR_INIT(".xml")},
        {STR_INIT("text/xml"), STR_INIT(".xml")},
        {STR_INIT("application/msword"), STR_INIT(".doc")},
        {STR_INIT("application/vnd.oasis.opendocument.text"), STR_INIT(".odt")},
        {STR_INIT("application/vnd.oasis.opendocument.spreadsheet"), STR_INIT(".ods")},
        {STR_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
         STR_INIT(".docx")},
        {STR_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
         STR_INIT(".xlsx")},
    };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_eq_nocase(type, endings[i].type))
            return endings[i].ending;
    return STR("");
}
