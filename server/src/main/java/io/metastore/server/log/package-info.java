/// Logging: lines in the shape of etcd's. The logging library may be configured here only.
@NullMarked
package io.metastore.server.log;

import org.jspecify.annotations.NullMarked;
