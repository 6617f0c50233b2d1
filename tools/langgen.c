/* langgen turns lang/NAME.po and service/X/lang/NAME.po into the tables of core/translate.h (see README.md).
 *
 * Keys come in blocks: the house's own (lang/), and one for each service. A block has a range of numbers to itself and
 * a header that only those include who use its keys: a new sentence has but files of its service compiled again.
 *
 * Only what our files use of the format is read: msgid, msgid_plural, msgstr, msgstr[0], msgstr[1], quoted
 * continuation lines, comments (GNU gettext manual, section 10.1 "The Format of PO Files"). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "source.h"

/* The first WHOLE have every sentence, the others those of the pages that speak them. */
enum { WHOLE = 2, LANGUAGES = 5, KEYS_MAX = 20000, TEXT_MAX = 8000, BLOCKS_MAX = 15, BLOCK_BITS = 12 };
static const char *const languages[LANGUAGES] = {"fr", "en", "ar", "pt", "tr"};

struct entry {
    struct str key, one, many; /* many absent: no plural */
    const char *path;
    int line, block;
};
struct entry_list LIST_OF(struct entry);

/* "" for the house's own, else a service; in the order in which their files are found, which is by name. */
static struct str blocks[BLOCKS_MAX];
static int block_count = 1;

/* Of "src/service/X/lang/fr.po": that of X. */
static int block_of(struct str path)
{
    static const struct str folder = STR("src/service/");
    if (!str_starts(path, folder))
        return 0;
    struct str rest = str_after(path, folder.len), name = str_cut(&rest, '/');
    for (int i = 1; i < block_count; i++)
        if (str_eq(blocks[i], name))
            return i;
    REQUIRE(block_count < BLOCKS_MAX);
    blocks[block_count] = name;
    return block_count++;
}

/* The text between quotes on this line, escapes undone. */
static struct str unquote(struct arena *arena, const char *path, int line, struct str text)
{
    text = str_trim(text);
    if (text.len < 2 || text.at[0] != '"' || text.at[text.len - 1] != '"')
        source_fail(path, line, "a text stands between double quotes");
    struct buf out BUF_SCOPE = BUF_INIT(TEXT_MAX);
    text = str_slice(text, 1, text.len - 1);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\\') {
            buf_add_byte(&out, text.at[i]);
            continue;
        }
        if (++i == text.len || strchr("\"\\n", text.at[i]) == NULL)
            source_fail(path, line, "only \\\" \\\\ and \\n are escapes");
        buf_add_byte(&out, text.at[i] == 'n' ? '\n' : text.at[i]);
    }
    return str_copy(arena, buf_str(&out));
}

/* Which header has a key is read off it (htmlgen): those of a service begin with its name. */
static void check_key(const char *path, int line, int block, struct str key)
{
    struct str rest = key, first = str_cut(&rest, '.');
    if (key.len > 0 && block > 0 && (!str_eq(first, blocks[block]) || str_is_absent(rest)))
        source_fail(path, line, "%.*s: a key of a service begins with its name", STR_ARG(key));
    for (size_t i = 0; i < key.len; i++)
        if (!(key.at[i] >= 'a' && key.at[i] <= 'z') && !ascii_is_digit(key.at[i]) && key.at[i] != '.' &&
            key.at[i] != '_')
            source_fail(path, line, "a key is made of a-z 0-9 . _");
}

static struct str *field_of(struct arena *arena, const char *path, int line, struct entry_list *entries,
                            struct str word)
{
    static struct str header;
    if (str_eq(word, STR("msgid"))) {
        struct entry *entry = list_add(entries, arena, KEYS_MAX);
        REQUIRE(entry != NULL);
        *entry = (struct entry){.path = path, .line = line, .block = block_of(str_of(path))};
        return &entry->key;
    }
    if (entries->count == 0)
        source_fail(path, line, "msgid comes first");
    struct entry *entry = &entries->at[entries->count - 1];
    if (str_eq(word, STR("msgid_plural")))
        return &header;
    if (str_eq(word, STR("msgstr")) || str_eq(word, STR("msgstr[0]")))
        return &entry->one;
    if (str_eq(word, STR("msgstr[1]")))
        return &entry->many;
    source_fail(path, line, "not a line of a .po file: %.*s", STR_ARG(word));
}

static void read_po(struct arena *arena, const char *path, struct entry_list *entries)
{
    struct str rest = source_read(arena, path), *field = NULL;
    for (int line = 1; !str_is_absent(rest); line++) {
        struct str text = str_trim(str_cut(&rest, '\n'));
        if (text.len == 0 || text.at[0] == '#')
            continue;
        if (text.at[0] == '"') {
            if (field == NULL)
                source_fail(path, line, "a text of nothing");
            struct str more = unquote(arena, path, line, text);
            *field = str_format(arena, "%.*s%.*s", STR_ARG(*field), STR_ARG(more));
            continue;
        }
        struct str word = str_cut(&text, ' ');
        field = field_of(arena, path, line, entries, word);
        *field = unquote(arena, path, line, text);
    }
}

/* The header of a file has an empty msgid; it is left out. */
static void drop_headers(struct entry_list *entries)
{
    size_t to = 0;
    for (size_t i = 0; i < entries->count; i++) {
        check_key(entries->at[i].path, entries->at[i].line, entries->at[i].block, entries->at[i].key);
        if (entries->at[i].key.len > 0)
            entries->at[to++] = entries->at[i];
    }
    entries->count = to;
}

static int by_key(const void *a, const void *b)
{
    return str_compare(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static void check_entries(const struct entry_list *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];
        if (entry->one.len == 0 || (!str_is_absent(entry->many) && entry->many.len == 0))
            source_fail(entry->path, entry->line, "%.*s has no words", STR_ARG(entry->key));
        if (i > 0 && str_eq(entry->key, entries->at[i - 1].key))
            source_fail(entry->path, entry->line, "%.*s is there already", STR_ARG(entry->key));
    }
}

static void read_language(struct arena *arena, int language, int folder_count, char **folders,
                          struct entry_list *entries)
{
    struct source_list found = {0};
    struct str suffix = str_format(arena, "/%s.po", languages[language]);
    for (int i = 0; i < folder_count; i++)
        source_find(arena, folders[i], suffix.at, &found);
    for (size_t i = 0; i < found.count; i++)
        read_po(arena, found.at[i].at, entries);
    drop_headers(entries);
    if (entries->count > 0)
        qsort(entries->at, entries->count, sizeof *entries->at, by_key);
    check_entries(entries);
}

/* The set of {names} in a text, as one sorted-by-appearance list without repeats, for comparison. */
static bool has_argument(struct str text, struct str name)
{
    for (size_t at; (at = str_find(text, name)) != SIZE_MAX; text = str_after(text, at + 1))
        if (at > 0 && text.at[at - 1] == '{' && at + name.len < text.len && text.at[at + name.len] == '}')
            return true;
    return false;
}

static void check_arguments(const struct entry *entry, struct str from, struct str in)
{
    for (size_t open; (open = str_find_byte(from, '{')) != SIZE_MAX;) {
        from = str_after(from, open + 1);
        size_t close = str_find_byte(from, '}');
        struct str name = str_slice(from, 0, close);
        if (close == SIZE_MAX || !source_is_name(name))
            source_fail(entry->path, entry->line, "an argument is written {name}");
        if (!has_argument(in, name))
            source_fail(entry->path, entry->line, "%.*s: {%.*s} is not in the other language", STR_ARG(entry->key),
                        STR_ARG(name));
    }
}

static const struct entry *twin_of(const struct entry *entry, const struct entry_list *other)
{
    return other->count == 0 ? NULL : bsearch(entry, other->at, other->count, sizeof *other->at, by_key);
}

static void check_pair(const struct entry_list *mine, const struct entry_list *other, const char *name)
{
    for (size_t i = 0; i < mine->count; i++) {
        const struct entry *entry = &mine->at[i];
        const struct entry *twin = twin_of(entry, other);
        if (twin == NULL)
            source_fail(entry->path, entry->line, "%.*s is not in %s.po", STR_ARG(entry->key), name);
        struct str most = str_is_absent(twin->many) ? twin->one : twin->many;
        check_arguments(entry, entry->one, most);
        if (!str_is_absent(entry->many))
            check_arguments(entry, entry->many, most);
    }
}

static void add_name(struct buf *out, struct str key)
{
    buf_add_literal(out, "T_");
    for (size_t i = 0; i < key.len; i++)
        buf_add_byte(out, key.at[i] == '.' ? '_' : key.at[i]);
}

static void write_house_header(const char *folder, const struct entry_list *entries)
{
    struct buf out BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_MAX);
    buf_add_literal(&out, "/* Made by langgen: sentences of the house. */\n#ifndef LANG_H\n#define LANG_H\n\n"
                          "#include \"base/str.h\"\n\nenum language {");
    for (int i = 0; i < LANGUAGES; i++)
        buf_add_format(&out, " LANGUAGE_%c%c,", toupper(languages[i][0]), toupper(languages[i][1]));
    buf_add_format(&out, " LANGUAGE_COUNT, LANGUAGE_WHOLE = %d };\n", WHOLE);
    buf_add_literal(&out, "extern const char *const lang_codes[LANGUAGE_COUNT];\n\n");
    buf_add_literal(&out, "/* The others are in service/X/lang.h. */\nenum text_key {\n    T_none,\n");
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->at[i].block != 0)
            continue;
        buf_add_literal(&out, "    ");
        add_name(&out, entries->at[i].key);
        buf_add_literal(&out, ",\n");
    }
    buf_add_format(&out, "    T_LAST = 0xFFFF\n};\n#define TEXT_KEY(number) ((enum text_key)(number))\n\n"
                         "/* many absent: no plural; one absent: not spoken */\n"
                         "struct lang_text {\n    struct str one, many;\n};\n"
                         "/* Keys that follow each other from block << LANG_BLOCK_BITS on. */\nstruct lang_block {\n"
                         "    size_t count;\n    const char *const *keys;\n"
                         "    const struct lang_text (*texts)[LANGUAGE_COUNT];\n};\n"
                         "enum { LANG_BLOCK_BITS = %d, LANG_BLOCKS = %d };\n"
                         "extern const struct lang_block lang_blocks[LANG_BLOCKS];\n\n#endif\n",
                   BLOCK_BITS, block_count);
    REQUIRE(!out.is_over);
    source_write(str_format(arena, "%s/lang.h", folder).at, buf_str(&out));
}

static void write_service_header(const char *folder, int block, const struct entry_list *entries)
{
    struct buf out BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_MAX);
    buf_add_format(&out, "/* Made by langgen: sentences of %.*s. */\n#pragma once\n\n#include \"lang.h\"\n\n"
                         "#ifndef LANG_NAMES_ONLY /* tools/unused_keys.sh wants to see them */\n",
                   STR_ARG(blocks[block]));
    int number = block << BLOCK_BITS;
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->at[i].block != block)
            continue;
        buf_add_literal(&out, "#define ");
        add_name(&out, entries->at[i].key);
        buf_add_format(&out, " TEXT_KEY(%d)\n", number++);
    }
    if (number - (block << BLOCK_BITS) > 1 << BLOCK_BITS)
        source_fail("langgen", 0, "too many keys in one service");
    buf_add_literal(&out, "#endif\n");
    REQUIRE(!out.is_over);
    source_write(str_format(arena, "%s/service/%.*s/lang.h", folder, STR_ARG(blocks[block])).at, buf_str(&out));
}

static void add_text(struct buf *out, struct str text)
{
    if (str_is_absent(text)) {
        buf_add_literal(out, "{NULL, 0}");
        return;
    }
    buf_add_literal(out, "{\"");
    source_add_c_text(out, text);
    buf_add_format(out, "\", %zu}", text.len);
}

static void write_block(struct buf *out, int block, const struct entry_list *all)
{
    buf_add_format(out, "static const char *const keys_%d[] = {\n%s", block, block == 0 ? "    \"\",\n" : "");
    for (size_t i = 0; i < all[0].count; i++)
        if (all[0].at[i].block == block)
            buf_add_format(out, "    \"%.*s\",\n", STR_ARG(all[0].at[i].key));
    buf_add_format(out, "};\nstatic const struct lang_text texts_%d[][LANGUAGE_COUNT] = {\n%s", block,
                   block == 0 ? "    {{{\"\", 0}, {NULL, 0}}},\n" : "");
    for (size_t i = 0; i < all[0].count; i++) {
        if (all[0].at[i].block != block)
            continue;
        buf_add_literal(out, "    {\n");
        for (int language = 0; language < LANGUAGES; language++) {
            const struct entry *entry = twin_of(&all[0].at[i], &all[language]);
            buf_add_literal(out, "        {");
            add_text(out, entry != NULL ? entry->one : STR_NONE);
            buf_add_literal(out, ", ");
            add_text(out, entry != NULL ? entry->many : STR_NONE);
            buf_add_literal(out, "},\n");
        }
        buf_add_literal(out, "    },\n");
    }
    buf_add_literal(out, "};\n\n");
}

static void write_tables(const char *folder, const struct entry_list *all)
{
    struct buf out BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_MAX);
    buf_add_literal(&out, "/* Made by langgen. */\n#include \"lang.h\"\n\n"
                          "const char *const lang_codes[LANGUAGE_COUNT] = {");
    for (int language = 0; language < LANGUAGES; language++)
        buf_add_format(&out, "\"%s\", ", languages[language]);
    buf_add_literal(&out, "};\n\n");
    for (int block = 0; block < block_count; block++)
        write_block(&out, block, all);
    buf_add_literal(&out, "const struct lang_block lang_blocks[LANG_BLOCKS] = {\n");
    for (int block = 0; block < block_count; block++)
        buf_add_format(&out, "    {sizeof keys_%d / sizeof keys_%d[0], keys_%d, texts_%d},\n", block, block, block,
                       block);
    buf_add_literal(&out, "};\n");
    REQUIRE(!out.is_over);
    source_write(str_format(arena, "%s/lang.c", folder).at, buf_str(&out));
}

/* langgen OUT FOLDER... */
int main(int count, char **words)
{
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_ARENA_MAX);
    struct entry_list all[LANGUAGES] = {0};
    if (count < 3) {
        fprintf(stderr, "usage: langgen OUT FOLDER...\n");
        return 1;
    }
    for (int language = 0; language < LANGUAGES; language++)
        read_language(arena, language, count - 2, words + 2, &all[language]);
    for (int language = 1; language < LANGUAGES; language++)
        check_pair(&all[language], &all[0], languages[0]);
    for (int language = 1; language < WHOLE; language++)
        check_pair(&all[0], &all[language], languages[language]);
    write_house_header(words[1], &all[0]);
    for (int block = 1; block < block_count; block++)
        write_service_header(words[1], block, &all[0]);
    write_tables(words[1], all);
    return 0;
}
