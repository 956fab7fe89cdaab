/**
 * What the ingest host does with the lines that it is sent: it parses them, keeps them for each run, and tells what the real
 * service would have stored wrongly without a word.
 *
 * <p>Nobody here knows HTTP, keys or the table of runs; {@code io.plutorun.fake} calls this package, never the other way. The rules
 * are those of the real service's source, which was read and not run: the module's README says where they differ.
 */
@org.jspecify.annotations.NullMarked
package io.plutorun.fake.ingest;
