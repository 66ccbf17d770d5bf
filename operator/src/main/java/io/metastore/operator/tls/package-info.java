/// The authority of a cluster's members and their certificates. Bouncy Castle stays in here.
@NullMarked
package io.metastore.operator.tls;

import org.jspecify.annotations.NullMarked;
