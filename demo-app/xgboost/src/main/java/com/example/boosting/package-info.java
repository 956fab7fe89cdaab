/**
 * Finds boosted trees that recognise handwritten digits: a small but real training program with XGBoost.
 *
 * <p>Start reading at {@link com.example.boosting.BoostedDigits}. Nothing in it knows of Pluto, and it depends on nothing of Pluto: what
 * its runs show, the agent has from XGBoost.
 */
package com.example.boosting;
