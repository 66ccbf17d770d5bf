/// Carries out steps, each so that it does nothing when the world is no longer as it was seen. It
/// knows no policy.
@NullMarked
package io.metastore.operator.act;

import org.jspecify.annotations.NullMarked;
