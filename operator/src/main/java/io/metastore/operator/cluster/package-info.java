/// The loop: observe, check, plan, act, report; and which of several operators runs it. The Java
/// Operator SDK stays in here and in the root.
@NullMarked
package io.metastore.operator.cluster;

import org.jspecify.annotations.NullMarked;
