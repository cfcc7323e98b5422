// SPDX-License-Identifier: Apache-2.0
/** Where groups live: flat records, the hash table that finds them, and interned texts. */
package org.anabranch.engine.table;
