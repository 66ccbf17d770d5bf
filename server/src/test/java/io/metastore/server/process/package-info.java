/// Servers as processes of the operating system: found, started with flags and ports of their own, killed, started
/// again. Any program that takes etcd's flags will do, so that a test can be proven on the real etcd first.
@NullMarked
package io.metastore.server.process;

import org.jspecify.annotations.NullMarked;
