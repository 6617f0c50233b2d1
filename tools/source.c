#include "source.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

_Noreturn void source_fail(const char *path, int line, const char *format, ...)
{
    va_list args;
    if (line > 0)
        fprintf(stderr, "%s:%d: ", path, line);
    else
        fprintf(stderr, "%s: ", path);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

struct str source_read(struct arena *arena, const char *path)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &about) != 0)
        source_fail(path, 0, "%s", strerror(errno));
    if (about.st_size > SOURCE_MAX)
        source_fail(path, 0, "longer than %d bytes", SOURCE_MAX);
    size_t size = (size_t)about.st_size;
    char *bytes = arena_alloc(arena, size + 1);
    REQUIRE(bytes != NULL);
    if (fread(bytes, 1, size, file) != size)
        source_fail(path, 0, "cannot be read");
    fclose(file);
    return (struct str){bytes, size};
}

static int by_path(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static void find_in(struct arena *arena, const char *folder, const char *suffix, struct source_list *found)
{
    DIR *entries = opendir(folder);
    if (entries == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        struct stat about;
        struct str path = str_format(arena, "%s/%s", folder, entry->d_name);
        if (stat(path.at, &about) != 0)
            source_fail(path.at, 0, "%s", strerror(errno));
        if (S_ISDIR(about.st_mode)) {
            find_in(arena, path.at, suffix, found);
        } else if (str_ends(path, str_of(suffix))) {
            struct str *item = list_add(found, arena, SOURCE_FILES_MAX);
            REQUIRE(item != NULL);
            *item = path;
        }
    }
    closedir(entries);
}

void source_find(struct arena *arena, const char *folder, const char *suffix, struct source_list *found)
{
    size_t before = found->count;
    find_in(arena, folder, suffix, found);
    if (found->count > before)
        qsort(found->at + before, found->count - before, sizeof *found->at, by_path);
}

static bool holds_already(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char *now = malloc(bytes.len + 1);
    REQUIRE(now != NULL);
    bool is_same = fread(now, 1, bytes.len + 1, file) == bytes.len &&
                   str_eq((struct str){now, bytes.len}, bytes);
    free(now);
    fclose(file);
    return is_same;
}

static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            source_fail(path, 0, "%s", strerror(errno));
        *slash = '/';
    }
}

void source_write(const char *path, struct str bytes)
{
    if (holds_already(path, bytes))
        return;
    char *copy = strdup(path);
    REQUIRE(copy != NULL);
    make_folders(copy);
    free(copy);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes.at, 1, bytes.len, file) != bytes.len || fclose(file) != 0)
        source_fail(path, 0, "cannot be written: %s", strerror(errno));
}

/* A digit after an octal escape would be read into it, so each escape has all three digits. */
void source_add_c_text(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\')
            buf_add_format(out, "\\%c", c);
        else if (c == '\n')
            buf_add_literal(out, "\\n");
        else if (c < ' ' || c == 0x7F || c == '?')
            buf_add_format(out, "\\%03o", c);
        else
            buf_add_byte(out, (char)c);
    }
}

struct str source_stem(struct str path)
{
    size_t slash = str_find_byte_last(path, '/');
    struct str name = slash == SIZE_MAX ? path : str_after(path, slash + 1);
    size_t dot = str_find_byte_last(name, '.');
    return dot == SIZE_MAX ? name : str_slice(name, 0, dot);
}

bool source_is_name(struct str name)
{
    static const char *const keywords[] = {
        "auto",   "break",  "case",    "char",   "const",    "continue", "default",  "do",     "double",
        "else",   "enum",   "extern",  "float",  "for",      "goto",     "if",       "inline", "int",
        "long",   "register", "restrict", "return", "short", "signed",   "sizeof",   "static", "struct",
        "switch", "typedef", "union",  "unsigned", "void",   "volatile", "while"};
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (str_eq(name, str_of(keywords[i])))
            return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool is_letter = c >= 'a' && c <= 'z';
        if (!is_letter && (i == 0 || (!ascii_is_digit(c) && c != '_')))
            return false;
    }
    return name.len > 0;
}

int source_line(struct str text, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset && i < text.len; i++)
        line += text.at[i] == '\n';
    return line;
}
