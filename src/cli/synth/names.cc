#include "cli/synth/names.h"

#include <string_view>

namespace jiceng::cli {
namespace {

// Frequent surnames, the first rows drawn more often (Random below), and a few compound ones.
constexpr const char* kFrequentSurnames[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"};
constexpr const char* kSurnames[] = {
    "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑", "梁",   "谢",   "宋",   "唐",   "许",  "邓",
    "韩", "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋",   "余",   "于",   "杜",   "叶",  "程",
    "魏", "苏", "吕", "丁", "任", "卢", "姚", "沈", "钟", "姜", "崔", "谭",   "陆",   "范",   "汪",   "廖",  "石",
    "金", "韦", "贾", "夏", "付", "方", "邹", "熊", "白", "孟", "秦", "邱",   "侯",   "江",   "尹",   "薛",  "闫",
    "段", "雷", "龙", "黎", "史", "陶", "贺", "毛", "郝", "顾", "龚", "邵",   "万",   "覃",   "武",   "钱",  "戴",
    "严", "莫", "孔", "向", "常", "汤", "康", "易", "乔", "赖", "文", "欧阳", "上官", "司徒", "诸葛", "令狐"};
constexpr const char* kMaleSyllables[] = {"伟", "强", "磊", "军", "勇", "杰", "涛", "明", "超", "刚", "平", "辉",
                                          "鹏", "华", "飞", "波", "斌", "宇", "浩", "凯", "健", "俊", "帆", "志",
                                          "建", "国", "文", "海", "东", "林", "峰", "龙", "祥", "永", "春", "成",
                                          "德", "立", "学", "正", "振", "庆", "光", "荣", "兴", "宏", "安", "启",
                                          "泽", "晨", "睿", "博", "瑞", "嘉", "翔", "昊", "然", "云", "山", "川"};
constexpr const char* kFemaleSyllables[] = {"芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "秀", "燕", "玲", "桂",
                                            "英", "玉", "兰", "萍", "红", "梅", "琴", "云", "莲", "珍", "雪", "荣",
                                            "爱", "妹", "慧", "琳", "婷", "倩", "颖", "洁", "莉", "欣", "怡", "雯",
                                            "佳", "悦", "宁", "蓉", "薇", "菲", "月", "彩", "春", "菊", "凤", "淑",
                                            "惠", "茜", "岚", "青", "晓", "思", "雅", "琪", "璐", "瑶", "晴", "素"};
constexpr const char* kTwoPartMale[] = {"买买提", "阿不都", "艾尔肯", "吐尔逊", "库尔班",
                                        "热合曼", "扎西",   "多吉",   "巴特尔", "阿布来提"};
constexpr const char* kTwoPartFemale[] = {"阿依古丽", "帕提古丽", "古丽娜尔", "热依汗", "阿孜古丽",
                                          "卓玛",     "央金",     "其其格",   "阿米娜", "米娜瓦尔"};
constexpr const char* kTwoPartSecond[] = {"艾山",   "吾守尔", "依明", "卡德尔", "玉素甫",
                                          "司马义", "次仁",   "平措", "赛力克", "哈力克"};

constexpr const char* kFirmHeads[] = {"恒", "瑞", "鑫", "华", "中", "天", "金", "宏", "盛", "泰",
                                      "嘉", "永", "创", "启", "智", "云", "博", "众", "联", "新"};
constexpr const char* kFirmTails[] = {"源", "达", "泰", "科", "信", "通", "隆", "安", "讯", "禾",
                                      "元", "丰", "诚", "程", "海", "辰", "昌", "和", "方", "宇"};
constexpr const char* kTrades[] = {"科技",     "信息技术", "物流", "贸易", "餐饮管理", "建设工程", "医药", "电子",
                                   "文化传媒", "机械",     "环保", "食品", "教育咨询", "装饰工程", "纺织", "生物技术"};

}  // namespace

std::string PersonName(Random& random, bool female) {
  if (random.Chance(40)) {
    const char* const first = female ? random.Pick(kTwoPartFemale) : random.Pick(kTwoPartMale);
    return std::string(first) + "·" + random.Pick(kTwoPartSecond);
  }
  std::string name = random.Chance(4200) ? random.Pick(kFrequentSurnames) : random.Pick(kSurnames);
  const auto syllable = [&] { return female ? random.Pick(kFemaleSyllables) : random.Pick(kMaleSyllables); };
  name += syllable();
  if (random.Chance(8300)) name += syllable();
  return name;
}

std::string FirmName(Random& random) {
  std::string name = random.Pick(kFirmHeads);
  name += random.Pick(kFirmTails);
  name += random.Pick(kTrades);
  return name;
}

std::string ChineseNumber(int number) {
  constexpr const char* kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (number < 1 || number > 99) return std::to_string(number);
  if (number < 10) return kDigits[number];
  return std::string(number < 20 ? "" : kDigits[number / 10]) + "十" + kDigits[number % 10];
}

}  // namespace jiceng::cli
