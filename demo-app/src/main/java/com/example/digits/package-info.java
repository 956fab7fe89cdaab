/**
 * Finds a good classifier for handwritten digits: a small but real training program, here with Tribuo.
 *
 * <p>Start reading at {@link com.example.digits.DigitsTraining}. Its two annotations make the trainings runs on Pluto.
 * Without the agent the program does and prints the same.
 */
package com.example.digits;
