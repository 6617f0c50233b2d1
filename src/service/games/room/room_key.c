#include "service/games/room/room_key.h"

#include "base/base64.h"

/* No vowel, so no word; none that is taken for another, seen or heard across a room. Sixteen: a letter is four bits. */
static const char letters[] = "BDFHJKLMNPRSTWXZ";
enum { KEY_BYTES = 16, KEY_TEXT_MAX = 32 };

/* 128 random bits need no key to their hash: this one's text only parts purposes. */
struct pseudonym room_key_hash(struct str key)
{
    static const unsigned char purpose[PSEUDONYM_KEY_BYTES] = "parvis room";
    return pseudonym_of(purpose, key);
}

enum status room_key_make(struct ctx *ctx, struct str *ret_key)
{
    unsigned char bytes[PSEUDONYM_KEY_BYTES];
    struct buf text BUF_SCOPE = BUF_INIT(KEY_TEXT_MAX);
    pseudonym_key(bytes);
    base64_encode_url(&text, (struct str){(const char *)bytes, KEY_BYTES});
    *ret_key = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_key) ? LIMIT : OK;
}

struct str room_code_make(struct ctx *ctx)
{
    unsigned char bytes[PSEUDONYM_KEY_BYTES];
    char code[ROOM_CODE_LETTERS];
    pseudonym_key(bytes);
    for (size_t i = 0; i < ROOM_CODE_LETTERS; i++)
        code[i] = letters[bytes[i] % (sizeof letters - 1)];
    return str_copy(ctx->arena, (struct str){code, sizeof code});
}

enum status room_code_read(struct ctx *ctx, struct str typed, struct str *ret_code)
{
    char code[ROOM_CODE_LETTERS];
    size_t count = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char letter = ascii_is_alpha(typed.at[i]) ? (char)(ascii_lower(typed.at[i]) - 'a' + 'A') : typed.at[i];
        if (letter == ' ' || letter == '-')
            continue;
        if (count == ROOM_CODE_LETTERS || str_find_byte(str_of(letters), letter) == SIZE_MAX)
            return INVALID;
        code[count++] = letter;
    }
    *ret_code = str_copy(ctx->arena, (struct str){code, count});
    return count == ROOM_CODE_LETTERS ? OK : INVALID;
}
