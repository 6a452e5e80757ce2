using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Tests.Connections;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("postgresql://u:hunter2@h/d", "postgresql://u:***@h/d")]
    [InlineData("postgresql://u:hun@ter2@h/d", "postgresql://u:***@h/d")]
    [InlineData("postgresql://u:hun/ter2@h/d", "postgresql://u:***@h/d")]
    [InlineData("postgresql://u:hunter2", "postgresql://u:***")]
    [InlineData("postgresql://h:5432/d", "postgresql://h:5432/d")]
    [InlineData("postgresql://u@h:5432/d", "postgresql://u@h:5432/d")]
    [InlineData("postgresql://[::1]:5432/d", "postgresql://[::1]:5432/d")]
    [InlineData("postgresql://h/d?user=u&password=hunter2&sslmode=require", "postgresql://h/d?user=u&password=***&sslmode=require")]
    [InlineData("Host=h;Password=hunter2;Database=d", "Host=h;Password=***;Database=d")]
    [InlineData("Server=h;Pwd = \"hun;ter2\";Database=d", "Server=h;Pwd = ***;Database=d")]
    [InlineData("Host=h;Password=hun@ter2", "Host=h;Password=***")]
    [InlineData("mysql//u:hunter2@h/d", "mysql//u:***@h/d")]
    public void Passwords_are_hidden_and_the_rest_is_kept(string address, string masked) => Masking.Mask(address).ShouldBe(masked);
}
