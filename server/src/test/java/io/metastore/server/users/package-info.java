/// Users, roles and rights over whole members that are processes. Etcd's own command line is in `etcdctl`.
@NullMarked
package io.metastore.server.users;

import org.jspecify.annotations.NullMarked;
