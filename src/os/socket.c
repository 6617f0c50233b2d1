#include "os/socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* What the kernel keeps for a peer beyond what is under way to it. Left alone it takes some megabytes for each who asks
 * and takes nothing, and copying them holds the process. */
enum { UNSENT_MAX = 128 << 10 };

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un path;
        struct sockaddr_storage room;
    } as;
    socklen_t length;
};

static enum status status_of_errno(void)
{
    switch (errno) {
    case EADDRINUSE:
        return CONFLICT;
    case EACCES:
    case EPERM:
        return DENIED;
    case ENOENT:
    case ECONNREFUSED:
        return NOT_FOUND;
    case EAGAIN:
    case EINPROGRESS:
        return BUSY;
    case EPIPE:
    case ECONNRESET:
    case ETIMEDOUT:
        return GONE;
    default:
        return OUTSIDE;
    }
}

static enum status parse_host(struct str host, uint16_t port, struct address *ret_address)
{
    char text[INET6_ADDRSTRLEN];
    struct address address = {0};
    if (host.len >= sizeof text)
        return INVALID;
    memcpy(text, host.at, host.len);
    text[host.len] = 0;
    bool is_any = str_eq(host, STR("*"));
    address.as.v4.sin_port = address.as.v6.sin6_port = htons(port);
    if (!is_any && inet_pton(AF_INET, text, &address.as.v4.sin_addr) == 1) {
        address.as.v4.sin_family = AF_INET;
        address.length = sizeof address.as.v4;
    } else if (is_any || inet_pton(AF_INET6, text, &address.as.v6.sin6_addr) == 1) {
        address.as.v6.sin6_family = AF_INET6;
        address.length = sizeof address.as.v6;
    } else {
        return INVALID;
    }
    *ret_address = address;
    return OK;
}

static enum status parse_address(struct str text, struct address *ret_address)
{
    uint64_t port;
    size_t colon = str_find_byte_last(text, ':');
    if (colon == SIZE_MAX)
        return INVALID;
    TRY(str_to_u64(str_after(text, colon + 1), UINT16_MAX, &port));
    struct str host = str_slice(text, 0, colon);
    if (str_starts(host, STR("[")) && str_ends(host, STR("]")))
        host = str_slice(host, 1, host.len - 1);
    return parse_host(host, (uint16_t)port, ret_address);
}

static enum status listen_on(const struct address *address, int *ret_fd)
{
    int yes = 1, no = 0, unsent = UNSENT_MAX;
    int fd = socket(address->as.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return status_of_errno();
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent); /* for all that are accepted (tcp(7)) */
    if (address->as.any.sa_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(fd, &address->as.any, address->length) != 0 || listen(fd, SOCKET_BACKLOG) != 0) {
        enum status status = status_of_errno();
        close(fd);
        return status;
    }
    *ret_fd = fd;
    return OK;
}

enum status socket_listen(struct str text, int *ret_fd)
{
    struct address address;
    TRY(parse_address(text, &address));
    return listen_on(&address, ret_fd);
}

static enum status path_address(const char *path, struct address *ret_address)
{
    struct address address = {.length = sizeof address.as.path};
    address.as.path.sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address.as.path.sun_path)
        return LIMIT;
    memcpy(address.as.path.sun_path, path, strlen(path) + 1);
    *ret_address = address;
    return OK;
}

enum status socket_listen_path(const char *path, int *ret_fd)
{
    struct address address;
    TRY(path_address(path, &address));
    unlink(path);
    mode_t before = umask(S_IXUSR | S_IRWXG | S_IRWXO);
    enum status done = listen_on(&address, ret_fd);
    umask(before);
    return done;
}

enum status socket_connect_path(const char *path, int *ret_fd)
{
    struct address address;
    TRY(path_address(path, &address));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return status_of_errno();
    if (connect(fd, &address.as.any, address.length) != 0) {
        enum status status = status_of_errno();
        close(fd);
        return status;
    }
    *ret_fd = fd;
    return OK;
}

/* An IPv4 peer of an IPv6 listener is written as the IPv4 address it is (RFC 4291 section 2.5.5.2). */
static void write_address(const struct address *address, char *text)
{
    const char *v4_in_v6 = "::ffff:";
    char room[INET6_ADDRSTRLEN] = "local";
    if (address->as.any.sa_family == AF_INET)
        inet_ntop(AF_INET, &address->as.v4.sin_addr, room, sizeof room);
    else if (address->as.any.sa_family == AF_INET6)
        inet_ntop(AF_INET6, &address->as.v6.sin6_addr, room, sizeof room);
    bool is_mapped = strncmp(room, v4_in_v6, strlen(v4_in_v6)) == 0 && strchr(room, '.') != NULL;
    snprintf(text, SOCKET_ADDRESS_MAX, "%s", is_mapped ? room + strlen(v4_in_v6) : room);
}

enum status socket_accept(int listener, char *text, int *ret_fd)
{
    int yes = 1;
    struct address address = {.length = sizeof address.as.room};
    int fd = accept4(listener, &address.as.any, &address.length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0)
        return errno == ECONNABORTED || errno == EINTR ? BUSY : status_of_errno();
    if (address.as.any.sa_family != AF_UNIX) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    }
    write_address(&address, text);
    *ret_fd = fd;
    return OK;
}

enum status socket_read(int fd, void *into, size_t size, size_t *ret_got)
{
    ssize_t got = recv(fd, into, size, 0);
    if (got < 0)
        return errno == EINTR ? BUSY : status_of_errno();
    *ret_got = (size_t)got;
    return got == 0 ? GONE : OK;
}

enum status socket_write(int fd, struct str bytes, size_t *ret_written)
{
    ssize_t written = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);
    if (written < 0)
        return errno == EINTR ? BUSY : status_of_errno();
    *ret_written = (size_t)written;
    return OK;
}

void socket_end_writing(int fd)
{
    shutdown(fd, SHUT_WR); /* of a connection that is gone already there is nothing to end */
}

uint64_t socket_network(const char *address)
{
    struct in_addr v4;
    struct in6_addr v6;
    uint64_t network = 0;
    if (inet_pton(AF_INET, address, &v4) == 1)
        return ntohl(v4.s_addr);
    if (inet_pton(AF_INET6, address, &v6) != 1)
        return 0;
    memcpy(&network, &v6, sizeof network);
    return network;
}

struct str socket_network_text(struct str address, char room[SOCKET_NETWORK_MAX])
{
    char text[SOCKET_ADDRESS_MAX];
    struct in6_addr v6;
    if (address.len >= sizeof text || str_find_byte(address, ':') == SIZE_MAX)
        return address;
    memcpy(text, address.at, address.len);
    text[address.len] = 0;
    if (inet_pton(AF_INET6, text, &v6) != 1)
        return address;
    const unsigned char *at = v6.s6_addr;
    snprintf(room, SOCKET_NETWORK_MAX, "%x:%x:%x:%x::/64", at[0] << 8 | at[1], at[2] << 8 | at[3], at[4] << 8 | at[5],
             at[6] << 8 | at[7]);
    return str_of(room);
}

bool socket_is_loopback(struct str address)
{
    return str_eq(address, STR("::1")) || str_starts(address, STR("127."));
}
