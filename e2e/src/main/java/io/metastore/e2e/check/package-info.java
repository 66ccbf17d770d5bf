/// Decides whether histories are what a linearizable store would have told: an order of all calls that fits
/// their times and answers is found, or the calls that cannot be ordered are shown; and whether watches
/// told every change once, in order.
@NullMarked
package io.metastore.e2e.check;

import org.jspecify.annotations.NullMarked;
