#include "os/owner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum status owner_find(struct str name, struct owner *ret_owner)
{
    char text[OWNER_NAME_MAX + 1];
    if (name.len == 0 || name.len > OWNER_NAME_MAX)
        return INVALID;
    snprintf(text, sizeof text, "%.*s", STR_ARG(name));
    const struct passwd *entry = getpwnam(text);
    if (entry == NULL)
        return NOT_FOUND;
    if (entry->pw_uid == 0 || entry->pw_gid == 0)
        return INVALID;
    *ret_owner = (struct owner){entry->pw_uid, entry->pw_gid};
    return OK;
}

bool owner_is_root(void)
{
    return geteuid() == 0;
}

static bool is_theirs(const struct stat *about, const struct owner *owner)
{
    return about->st_uid == owner->user && about->st_gid == owner->group;
}

static enum status give_folder(int folder, const struct owner *owner, int depth);

static enum status give_entry(int folder, const char *name, const struct owner *owner, int depth)
{
    struct stat about;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ELOOP || errno == ENXIO ? OK : OUTSIDE;
    enum status done = fstat(fd, &about) == 0 ? OK : OUTSIDE;
    bool is_single_file = done == OK && S_ISREG(about.st_mode) && about.st_nlink == 1;
    if (done == OK && S_ISDIR(about.st_mode))
        return give_folder(fd, owner, depth + 1);
    if (is_single_file && !is_theirs(&about, owner) && fchown(fd, owner->user, owner->group) != 0)
        done = OUTSIDE;
    close(fd);
    return done;
}

/* Takes `folder`. */
static enum status give_folder(int folder, const struct owner *owner, int depth)
{
    DIR *entries = depth <= OWNER_DEPTH_MAX ? fdopendir(folder) : NULL;
    if (entries == NULL) {
        close(folder);
        return depth <= OWNER_DEPTH_MAX ? OUTSIDE : LIMIT;
    }
    enum status done = OK;
    for (const struct dirent *entry = readdir(entries); entry != NULL && done == OK; entry = readdir(entries)) {
        bool is_itself = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!is_itself)
            done = give_entry(folder, entry->d_name, owner, depth);
    }
    if (done == OK && fchown(folder, owner->user, owner->group) != 0)
        done = OUTSIDE;
    closedir(entries);
    return done;
}

enum status owner_give(const char *folder, const struct owner *owner)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? NOT_FOUND : OUTSIDE;
    return give_folder(fd, owner, 0);
}

enum status owner_let_through(const char *folder, const struct owner *owner)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? NOT_FOUND : OUTSIDE;
    bool is_done = fchown(fd, 0, owner->group) == 0 && fchmod(fd, S_IRWXU | S_IXGRP) == 0;
    close(fd);
    return is_done ? OK : OUTSIDE;
}
