package org.jiceng;

/** Of texts made for people. */
public enum Language {
  /** Chinese. */
  ZH(1),
  /** English. */
  EN(2);

  private final int number;

  Language(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
