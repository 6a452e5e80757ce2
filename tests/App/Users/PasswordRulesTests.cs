using Tradepost.App.Users.Passwords;
using Tradepost.Arguments;

namespace Tradepost.App.Tests.Users;

public sealed class PasswordRulesTests
{
    private const string Email = "anna.schmidt@example.com";

    public static TheoryData<string> Guessable =>
        [
            "password1234",
            "Password2024!",
            "PASSWORDPASSWORD",
            "passwordpass",
            "  password1234  ",
            "1234password",
            "P@ssw0rd!!!!",
            "p4$$w0rd2025",
            "qwertyuiop123",
            "qwertyuiop[]",
            "123456123456",
            "123456789012",
            "987654321098",
            "abcdefghijkl",
            "asdfghjkl123",
            "iloveyou2024",
            "letmein!!!!!!",
            "1q2w3e4r5t6y",
            "1qaz2wsx1qaz2wsx",
            "dragon839201746582",
            "aaaaaaaaaaaa",
            "aaaaaaaaaaab",
            "abababababab",
            "abc1abc1abc1",
            "aaaabbbbccccdddd",
            "йцукенгшщзхъ",
            "anna.schmidt@example.com",
            "anna.schmidt1",
            "AnnaSchmidt99",
            "schmidt-anna-example",
            "x anna.schmidt@example.com y",
            "tradepost2026",
            "Tradepost-Anna!",
            "tr4depost!!!!!",
            "qwerty",
            "12345678901",
        ];

    public static TheoryData<string> Good =>
        [
            "four words make one",
            "another four words here",
            "five other words are better",
            "correcthorsebatterystaple",
            "839201746582",
            "xK9#mQ2$vL7!pR",
            "anna likes long walks home",
            "паролі мають бути довгими",
            "dragon password monkey",
            "8f39b2-01ac7e-55",
            "7QmZr2tVbX0pLk",
        ];

    [Theory]
    [MemberData(nameof(Guessable))]
    public void What_somebody_tries_first_is_refused_with_the_reason(string password)
    {
        var refused = Should.Throw<WrongArgumentException>(() => PasswordRules.Check(password, Email));

        refused.Field.ShouldBe("password");
        refused.Message.ShouldMatch("^The password (has|is) .+[.]$");
        refused.Message.ShouldNotContain(password.Trim());
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void What_nobody_tries_first_is_taken(string password) => PasswordRules.Check(password, Email).ShouldBe(password);

    [Fact]
    public void Each_of_ten_thousand_common_passwords_is_refused_as_it_is_and_lengthened()
    {
        CommonPasswords.Count.ShouldBe(10_000);
        foreach (var common in CommonPasswords.List.Where(common => common.Length > 3))
        {
            // Digits behind digits are a number of their own.
            var longer = common.Any(char.IsLetter) ? $"{common}90210" : common;
            foreach (
                var variant in new[]
                {
                    common,
                    common.ToUpperInvariant(),
                    $" {common} ",
                    longer,
                    $"!!!!!!!!{common}",
                    $"{common}{common}{common}",
                }
            )
            {
                GuessablePassword.Find(variant, Email).ShouldNotBeNull(variant);
            }
        }
    }

    [Fact]
    public void The_longest_password_is_judged_in_no_time()
    {
        GuessablePassword.Find(string.Concat(Enumerable.Range(0, 64).Select(i => $"{i * 7919 % 9973:0000}")), Email).ShouldBeNull();
    }
}
