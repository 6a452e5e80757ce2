using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.Requests;
using Tradepost.Storage.Connections;

namespace Tradepost.Serving.Limits;

/// <summary>
/// How many event streams a user, and an address, may have open at once: each keeps a connection and is written to as long as it lives.
/// </summary>
internal sealed class EventStreamLimit
{
    private const int Usual = 20;
    private const int Most = 10_000;
    private const int UsersOfAnAddress = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly RequestDelegate next;
    private readonly int ofUser;
    private readonly Dictionary<object, int> open = [];
    private readonly Lock gate = new();

    public EventStreamLimit(RequestDelegate next, Settings settings)
    {
        this.next = next;
        ofUser = settings.FindNumber(SettingNames.EventStreams, 1, Most) ?? Usual;
    }

    public Task InvokeAsync(HttpContext context) => EventStream.IsWanted(context) ? StreamAsync(context) : next(context);

    private async Task StreamAsync(HttpContext context)
    {
        object address = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        var user = context.FindCaller()?.UserId ?? address;
        Enter(user, address);
        try
        {
            await next(context);
        }
        finally
        {
            Leave(user, address);
        }
    }

    private void Enter(object user, object address)
    {
        lock (gate)
        {
            Refuse(user, ofUser, "You have");
            Refuse(address, ofUser * UsersOfAnAddress, "Your address has");
            open[user] = open.GetValueOrDefault(user) + 1;
            open[address] = open.GetValueOrDefault(address) + 1;
        }
    }

    private void Refuse(object who, int most, string whose)
    {
        if (open.GetValueOrDefault(who) >= most)
        {
            throw new ApiException(
                429,
                $"{whose} {most} event streams open, and that is the most at once; close one first.",
                new Dictionary<string, object> { ["limit"] = most },
                Pause
            );
        }
    }

    private void Leave(object user, object address)
    {
        lock (gate)
        {
            foreach (var who in new[] { user, address })
            {
                if (--open[who] == 0)
                {
                    open.Remove(who);
                }
            }
        }
    }
}
