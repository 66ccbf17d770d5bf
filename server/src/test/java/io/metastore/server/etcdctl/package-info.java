/// The command line tool of etcd against our server: what it prints, and how it ends.
@NullMarked
package io.metastore.server.etcdctl;

import org.jspecify.annotations.NullMarked;
