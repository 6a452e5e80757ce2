using Tradepost.Jobs;
using Tradepost.Learning;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning;

/// <summary>How a command says what its next step takes.</summary>
internal static class WorkNotices
{
    /// <summary>Says that a step begins, and what it takes where that is much.</summary>
    public static void Begin(this Session session, string step, WorkSize size, IProgress<JobProgress> progress)
    {
        var notice = size.Notice(WorkLimits.Here);
        progress.Report(new JobProgress(notice is null ? step : $"{step}: {notice}"));
        if (notice is not null && (session.IsJson || !session.Terminal.MessagesAreSeen))
        {
            session.Terminal.Messages.Line(notice);
        }
    }
}
