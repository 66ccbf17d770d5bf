/// Programs that were written for etcd, against whole members of ours. Nothing here knows the server's classes; what
/// starts its processes is borrowed from the server's tests.
@NullMarked
package io.metastore.e2e;

import org.jspecify.annotations.NullMarked;
