#include "os/network.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { ALL_BITS = 128, V4_BITS = 96 };

static bool read_address(struct str text, unsigned char ret_bytes[16], bool *ret_is_v4)
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    char word[INET6_ADDRSTRLEN];
    if (text.len >= sizeof word || memchr(text.at, 0, text.len) != NULL)
        return false;
    snprintf(word, sizeof word, "%.*s", STR_ARG(text));
    memcpy(ret_bytes, mapped, sizeof mapped);
    *ret_is_v4 = inet_pton(AF_INET, word, ret_bytes + sizeof mapped) == 1;
    return *ret_is_v4 || inet_pton(AF_INET6, word, ret_bytes) == 1;
}

static bool bit_of(const unsigned char bytes[16], int at)
{
    return (bytes[at / 8] >> (7 - at % 8) & 1) != 0;
}

enum status network_parse(struct str text, struct network *ret_network)
{
    struct network network = {.bits = ALL_BITS};
    bool is_v4;
    uint64_t bits = ALL_BITS;
    struct str address = str_cut(&text, '/');
    if (!read_address(address, network.bytes, &is_v4))
        return INVALID;
    if (!str_is_absent(text))
        TRY(str_to_u64(text, is_v4 ? ALL_BITS - V4_BITS : ALL_BITS, &bits));
    network.bits = (int)bits + (is_v4 && !str_is_absent(text) ? V4_BITS : 0);
    for (int i = network.bits; i < ALL_BITS; i++)
        if (bit_of(network.bytes, i))
            return INVALID;
    *ret_network = network;
    return OK;
}

bool network_has(const struct network *networks, size_t count, struct str address)
{
    unsigned char bytes[16];
    bool is_v4;
    if (!read_address(address, bytes, &is_v4))
        return false;
    for (size_t i = 0; i < count; i++) {
        int same = 0;
        while (same < networks[i].bits && bit_of(bytes, same) == bit_of(networks[i].bytes, same))
            same++;
        if (same == networks[i].bits)
            return true;
    }
    return false;
}

enum status network_resolve(struct arena *arena, struct str host, size_t max, struct str **ret_addresses,
                            size_t *ret_count)
{
    const struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    struct str *addresses = arena_array(arena, struct str, max);
    char *name = str_c(arena, host);
    size_t count = 0;
    if (addresses == NULL || name == NULL)
        return LIMIT;
    if (getaddrinfo(name, NULL, &wanted, &found) != 0)
        return NOT_FOUND;
    for (const struct addrinfo *at = found; at != NULL && count < max; at = at->ai_next) {
        char word[INET6_ADDRSTRLEN + 1];
        if (getnameinfo(at->ai_addr, at->ai_addrlen, word, sizeof word, NULL, 0, NI_NUMERICHOST) == 0)
            addresses[count++] = str_format(arena, "%s", word);
    }
    freeaddrinfo(found);
    *ret_addresses = addresses;
    *ret_count = count;
    return count > 0 ? OK : NOT_FOUND;
}
