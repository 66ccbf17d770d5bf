/// What to do next, as a pure function of what is wanted and what there is. At most one step of a plan
/// may disturb anybody.
@NullMarked
package io.metastore.operator.plan;

import org.jspecify.annotations.NullMarked;
