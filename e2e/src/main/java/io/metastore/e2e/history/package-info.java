/// What clients of a store asked and were told: calls with their times and answers, and what watches said.
/// Plain records that know nothing of the wire, so that any driver can fill them.
@NullMarked
package io.metastore.e2e.history;

import org.jspecify.annotations.NullMarked;
