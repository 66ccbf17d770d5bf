/// Founders that find each other through another cluster, as processes.
@NullMarked
package io.metastore.server.discovery;

import org.jspecify.annotations.NullMarked;
