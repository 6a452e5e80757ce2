using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Requests;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

/// <summary>Answers that are worked out once for all who ask.</summary>
public sealed class KeptAnswersTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_answered_once_for_each_edition_and_kind_of_answer()
    {
        var (kept, works) = (new KeptAnswers(time), 0);

        var first = await TextAsync(await kept.GetAsync("one", "question", WorkAsync, Cancellation));
        var same = await TextAsync(await kept.GetAsync("one", "question", WorkAsync, Cancellation));
        var other = await TextAsync(await kept.GetAsync("one", "another question", WorkAsync, Cancellation));
        var text = await TextAsync(await kept.GetAsync("one", "question", () => Task.FromResult("text"), Cancellation));
        var next = await TextAsync(await kept.GetAsync("two", "question", WorkAsync, Cancellation));

        (first, same, other, text, next).ShouldBe(("1", "1", "2", "\"text\"", "3"));

        Task<int> WorkAsync() => Task.FromResult(++works);
    }

    [Fact]
    public async Task An_answer_that_failed_or_is_old_is_worked_out_again()
    {
        var (kept, works) = (new KeptAnswers(time), 0);

        await Should.ThrowAsync<InvalidOperationException>(() => kept.GetAsync<int>("one", "question", WorkAsync, Cancellation));
        var second = await TextAsync(await kept.GetAsync("one", "question", WorkAsync, Cancellation));
        time.Advance(KeptAnswers.Longest);
        var still = await TextAsync(await kept.GetAsync("one", "question", WorkAsync, Cancellation));
        time.Advance(TimeSpan.FromMilliseconds(1));
        var again = await TextAsync(await kept.GetAsync("one", "question", WorkAsync, Cancellation));

        (second, still, again).ShouldBe(("2", "2", "3"));

        Task<int> WorkAsync() => ++works == 1 ? throw new InvalidOperationException("not yet") : Task.FromResult(works);
    }

    private static async Task<string> TextAsync<T>(KeptAnswer<T> answer)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await answer.ExecuteAsync(context);
        context.Response.ContentLength.ShouldBe(body.Length);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
