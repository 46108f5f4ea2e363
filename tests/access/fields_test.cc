#include "access/fields.h"

#include "gtest/gtest.h"

namespace jiceng::access {
namespace {

using model::NodeKind;
using model::TextAttribute;

TEST(FieldClass, OfficialTextsOfUnitsAndBodiesArePublic) {
  EXPECT_EQ(ClassOf(NodeKind::kUnit, TextAttribute::kName), FieldClass::kPublic);
  EXPECT_EQ(ClassOf(NodeKind::kUnit, TextAttribute::kCode), FieldClass::kPublic);
  EXPECT_EQ(ClassOf(NodeKind::kOrganization, TextAttribute::kUscc), FieldClass::kPublic);
}

TEST(FieldClass, NamesAndIdsOfPeopleAreInternal) {
  EXPECT_EQ(ClassOf(NodeKind::kPerson, TextAttribute::kName), FieldClass::kInternal);
  EXPECT_EQ(ClassOf(NodeKind::kPerson, TextAttribute::kId), FieldClass::kInternal);
}

TEST(FieldClass, WhatIdentifiesAPersonElsewhereIsRestricted) {
  EXPECT_EQ(ClassOf(NodeKind::kPerson, TextAttribute::kStaffNumber), FieldClass::kRestricted);
  EXPECT_EQ(ClassOf(NodeKind::kPerson, TextAttribute::kCitizenIdHash), FieldClass::kRestricted);
}

TEST(FieldClass, WhatTheTableDoesNotNameIsRestricted) {
  EXPECT_EQ(ClassOf(NodeKind::kPerson, TextAttribute::kUscc), FieldClass::kRestricted);
  EXPECT_EQ(ClassOf(NodeKind::kNone, TextAttribute::kName), FieldClass::kRestricted);
}

TEST(IsMasked, OnlyRestrictedFieldsAndOnlyWithoutAPurpose) {
  EXPECT_TRUE(IsMasked(FieldClass::kRestricted, ""));
  EXPECT_TRUE(IsMasked(FieldClass::kRestricted, " 　\t"));
  EXPECT_FALSE(IsMasked(FieldClass::kRestricted, "核对党费"));
  EXPECT_FALSE(IsMasked(FieldClass::kInternal, ""));
  EXPECT_FALSE(IsMasked(FieldClass::kPublic, ""));
}

}  // namespace
}  // namespace jiceng::access
