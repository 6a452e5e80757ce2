namespace Tradepost.Retail.Generation;

/// <summary>A name as it is written and, for e-mail addresses, in Latin letters.</summary>
internal readonly record struct PersonName(string Full, string Latin)
{
    private static readonly (string Name, string Latin)[] Women =
    [
        ("Олена", "olena"),
        ("Ірина", "iryna"),
        ("Наталія", "nataliia"),
        ("Оксана", "oksana"),
        ("Тетяна", "tetiana"),
        ("Юлія", "yuliia"),
        ("Анна", "anna"),
        ("Марія", "mariia"),
        ("Світлана", "svitlana"),
        ("Катерина", "kateryna"),
        ("Вікторія", "viktoriia"),
        ("Людмила", "liudmyla"),
        ("Софія", "sofiia"),
        ("Дарина", "daryna"),
        ("Галина", "halyna"),
        ("Соломія", "solomiia"),
        ("Богдана", "bohdana"),
        ("Аліна", "alina"),
    ];

    private static readonly (string Name, string Latin)[] Men =
    [
        ("Олександр", "oleksandr"),
        ("Андрій", "andrii"),
        ("Сергій", "serhii"),
        ("Володимир", "volodymyr"),
        ("Микола", "mykola"),
        ("Іван", "ivan"),
        ("Дмитро", "dmytro"),
        ("Максим", "maksym"),
        ("Юрій", "yurii"),
        ("Василь", "vasyl"),
        ("Тарас", "taras"),
        ("Богдан", "bohdan"),
        ("Назар", "nazar"),
        ("Артем", "artem"),
        ("Ігор", "ihor"),
        ("Роман", "roman"),
        ("Михайло", "mykhailo"),
        ("Остап", "ostap"),
    ];

    private static readonly (string Man, string Woman, string Latin)[] Families =
    [
        ("Шевченко", "Шевченко", "shevchenko"),
        ("Коваленко", "Коваленко", "kovalenko"),
        ("Бондаренко", "Бондаренко", "bondarenko"),
        ("Ткаченко", "Ткаченко", "tkachenko"),
        ("Кравченко", "Кравченко", "kravchenko"),
        ("Олійник", "Олійник", "oliinyk"),
        ("Шевчук", "Шевчук", "shevchuk"),
        ("Поліщук", "Поліщук", "polishchuk"),
        ("Бойко", "Бойко", "boiko"),
        ("Мельник", "Мельник", "melnyk"),
        ("Лисенко", "Лисенко", "lysenko"),
        ("Марченко", "Марченко", "marchenko"),
        ("Руденко", "Руденко", "rudenko"),
        ("Савчук", "Савчук", "savchuk"),
        ("Петренко", "Петренко", "petrenko"),
        ("Клименко", "Клименко", "klymenko"),
        ("Павленко", "Павленко", "pavlenko"),
        ("Гнатюк", "Гнатюк", "hnatiuk"),
        ("Козак", "Козак", "kozak"),
        ("Мороз", "Мороз", "moroz"),
        ("Іваненко", "Іваненко", "ivanenko"),
        ("Ковальчук", "Ковальчук", "kovalchuk"),
        ("Левицький", "Левицька", "levytskyi"),
        ("Яворський", "Яворська", "yavorskyi"),
        ("Заболотний", "Заболотна", "zabolotnyi"),
        ("Чорний", "Чорна", "chornyi"),
        ("Гончар", "Гончар", "honchar"),
        ("Кучер", "Кучер", "kucher"),
        ("Романюк", "Романюк", "romaniuk"),
        ("Данилюк", "Данилюк", "danyliuk"),
        ("Федоренко", "Федоренко", "fedorenko"),
        ("Ященко", "Ященко", "yashchenko"),
    ];

    public static PersonName Draw(ref Dice dice)
    {
        var isWoman = dice.Chance(0.5);
        var given = dice.Pick<(string Name, string Latin)>(isWoman ? Women : Men);
        var family = dice.Pick<(string Man, string Woman, string Latin)>(Families);
        return new PersonName($"{given.Name} {(isWoman ? family.Woman : family.Man)}", $"{given.Latin}.{family.Latin}");
    }
}
