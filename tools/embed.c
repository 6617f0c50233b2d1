/* embed turns style sheets, scripts and pictures into bytes of the program, served under a path that holds
 * their hash (see README.md). Usage: embed OUT FILE... */
#include <openssl/sha.h>
#include <stdio.h>

#include "source.h"

static const char *const types[][2] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".txt", "text/plain; charset=utf-8"},
};

static const char *type_of(const char *path)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_ends(str_of(path), str_of(types[i][0])))
            return types[i][1];
    source_fail(path, 0, "no content type for this suffix");
}

static struct str hash_of(struct arena *arena, struct str bytes)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    struct buf out BUF_SCOPE = BUF_INIT(64);
    SHA256((const unsigned char *)bytes.at, bytes.len, digest);
    for (int i = 0; i < 8; i++)
        buf_add_format(&out, "%02x", digest[i]);
    return str_copy(arena, buf_str(&out));
}

static void add_macro(struct buf *out, struct str name, struct str hash)
{
    buf_add_literal(out, "#define ASSET_");
    for (size_t i = 0; i < name.len; i++)
        buf_add_byte(out, name.at[i] == '.' || name.at[i] == '-' ? '_' : name.at[i]);
    buf_add_format(out, " \"/asset/%.*s/%.*s\"\n", STR_ARG(hash), STR_ARG(name));
}

static void add_file(struct arena *arena, const char *path, struct buf *header, struct buf *code)
{
    struct str bytes = source_read(arena, path), whole = str_of(path);
    struct str name = str_after(whole, str_find_byte_last(whole, '/') + 1), hash = hash_of(arena, bytes);
    add_macro(header, name, hash);
    buf_add_format(code, "    {\"%.*s\", \"%s\", \"%.*s\", \"/asset/%.*s/%.*s\", STR_INIT(\"", STR_ARG(name),
                   type_of(path), STR_ARG(hash), STR_ARG(hash), STR_ARG(name));
    source_add_c_text(code, bytes);
    buf_add_literal(code, "\")},\n");
}

int main(int count, char **words)
{
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_ARENA_MAX);
    struct buf header BUF_SCOPE = BUF_INIT(SOURCE_MAX), code BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    if (count < 2) {
        fprintf(stderr, "usage: embed OUT FILE...\n");
        return 1;
    }
    buf_add_literal(&header,
                    "/* Made by embed: files served at /asset/HASH/NAME, cacheable for ever. */\n#pragma once\n\n"
                    "#include \"base/str.h\"\n\nstruct asset {\n    const char *name, *type, *hash, *path;\n"
                    "    struct str bytes;\n};\n\n/* By file name; NULL when there is none. */\n"
                    "const struct asset *asset_find(struct str name);\n\n");
    buf_add_literal(&code, "/* Made by embed. */\n#include \"asset.h\"\n\nstatic const struct asset assets[] = {\n");
    for (int i = 2; i < count; i++)
        add_file(arena, words[i], &header, &code);
    buf_add_literal(&code, "};\n\nconst struct asset *asset_find(struct str name)\n{\n"
                           "    for (size_t i = 0; i < sizeof assets / sizeof assets[0]; i++)\n"
                           "        if (str_eq(name, str_of(assets[i].name)))\n            return &assets[i];\n"
                           "    return NULL;\n}\n");
    REQUIRE(!header.is_over && !code.is_over);
    source_write(str_format(arena, "%s/asset.h", words[1]).at, buf_str(&header));
    source_write(str_format(arena, "%s/asset.c", words[1]).at, buf_str(&code));
    return 0;
}
