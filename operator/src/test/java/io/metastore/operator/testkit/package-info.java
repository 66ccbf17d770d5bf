/// What tests of the operator share: clusters as the API server stores them, and an API server in
/// memory.
@NullMarked
package io.metastore.operator.testkit;

import org.jspecify.annotations.NullMarked;
